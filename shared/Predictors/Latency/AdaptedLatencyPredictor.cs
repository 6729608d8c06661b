using System.Globalization;
using HsNas.Kernel.Statistics;
using HsNas.Kernel.Validation;

namespace HsNas.Predictors.Latency;

/// <summary>
/// Latency of a device of which a handful of architectures was measured, from predictors of other devices for the same space
/// (docs/method.md, "Ten measurements of a new device").
/// </summary>
public static class AdaptedLatencyPredictor
{
    /// <summary>Fewest measurements: three coefficients, one left out, and one to spare.</summary>
    public const int FewestRecords = 5;

    // Errors of the other device's predictor enter a bound as this many quantiles.
    private const int SourceQuantiles = 19;

    /// <summary>Tries each source, with and without a coefficient of depth, and depth alone; keeps the least leave-one-out error.</summary>
    /// <param name="device">Name of the new device.</param>
    /// <param name="sources">Predictors of other devices for the same space, at least one.</param>
    /// <param name="records">What was measured on the new device, best as <see cref="AdaptationDesign"/> chooses.</param>
    /// <returns>A predictor like any other; its scores are leave-one-out errors, and its bounds come from them.</returns>
    /// <exception cref="DataFormatException">Too few records.</exception>
    public static LatencyPredictor Fit(string device, IReadOnlyList<LatencyPredictor> sources, IReadOnlyList<LatencyRecord> records)
    {
        ArgumentOutOfRangeException.ThrowIfZero(sources.Count);
        if (records.Count < FewestRecords)
        {
            throw new DataFormatException(
                "latency records", "count", records.Count.ToString(CultureInfo.InvariantCulture), $"at least {FewestRecords}");
        }

        double[] actual = [.. records.Select(r => r.TotalMs)];
        var tried = AdaptationForm.Of(sources).Select(f => (Form: f, Predicted: f.LeaveOneOut(records)))
            .Select(t => (t.Form, t.Predicted, Mape: ErrorMeasures.MeanAbsolutePercentage(t.Predicted, actual))).ToList();
        var best = tried.MinBy(t => t.Mape);
        var nearest = best.Form.Source ?? tried.Where(t => t.Form.Source is not null).MinBy(t => t.Mape).Form.Source!;
        var model = best.Form.Model(records);
        var least = actual.Min() / 2;
        var score = new LatencyModelScore(model.Kind, best.Mape, best.Mape, ErrorMeasures.RootMeanSquared(best.Predicted, actual),
            RankCorrelation.KendallTauB(best.Predicted, actual));
        return new LatencyPredictor(new LatencyPredictorData
        {
            Device = device,
            LeastMs = least,
            Records = records.Count,
            Model = model.ToData(),
            Scores = [score],
            Calibration = Calibrate([.. actual.Zip(best.Predicted, (a, p) => a / Math.Max(least, p))], nearest.Data.Calibration),
        }, model);
    }

    // Ten errors say too little of the tails. The other device's errors are many, so each is met with each; over their median, for
    // what the other predictor gets wrong on the whole was fitted away.
    private static LatencyCalibration Calibrate(double[] ratios, LatencyCalibration? source)
    {
        double[] sorted = [.. (source?.Ratios ?? []).Order()];
        double[] others = sorted.Length == 0
            ? [1]
            : [.. Enumerable.Range(1, SourceQuantiles)
                .Select(q => sorted[q * sorted.Length / (SourceQuantiles + 1)] / sorted[sorted.Length / 2])];
        return LatencyCalibration.Of(ratios.SelectMany(r => others.Select(o => (LatencyCalibration.AnyDepth, r * o))));
    }
}
