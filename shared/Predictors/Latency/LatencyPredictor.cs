using System.Globalization;
using System.Text.Json;
using HsNas.Kernel;
using HsNas.Kernel.Statistics;
using HsNas.Kernel.Validation;
using HsNas.Predictors.Mlp;
using HsNas.Spaces;
using HsNas.Spaces.Features;

namespace HsNas.Predictors.Latency;

/// <summary>
/// Latency of a device, learned from measurements. Records are split by seed into eight tenths to fit on, a tenth to
/// choose the form by, and a held-out tenth that only the reported errors have seen.
/// </summary>
public sealed class LatencyPredictor : ILatencyPredictor
{
    private const int FewestRecords = 10;

    private readonly LatencyPredictorData _data;
    private readonly LatencyModel _model;

    /// <summary>A predictor of what is stored, or is to be.</summary>
    internal LatencyPredictor(LatencyPredictorData data, LatencyModel model)
    {
        _data = data;
        _model = model;
    }

    /// <inheritdoc/>
    public string Device => _data.Device;

    /// <summary>
    /// Milliseconds of the fixed work at the pace that its latencies are given at (docs/method.md, "Latency predictor"); null where it
    /// is not known.
    /// </summary>
    public double? PaceMs => _data.PaceMs;

    /// <summary>What is stored of it.</summary>
    internal LatencyPredictorData Data => _data;

    /// <summary>The form in use.</summary>
    public LatencyModelKind Kind => _model.Kind;

    /// <summary>Errors of every form tried.</summary>
    public IReadOnlyList<LatencyModelScore> Scores => _data.Scores;

    /// <summary>Errors of the form in use.</summary>
    public LatencyModelScore Score => Scores.Single(s => s.Kind == Kind);

    /// <summary>Fits all forms and keeps the one with the smallest percentage error on the validation tenth.</summary>
    /// <param name="device">Name of the device measured.</param>
    /// <param name="records">At least ten.</param>
    /// <param name="seed">Decides the split.</param>
    /// <param name="mlp">How the MLP is trained; null leaves it out.</param>
    /// <exception cref="DataFormatException">Too few records.</exception>
    public static LatencyPredictor Fit(string device, IReadOnlyList<LatencyRecord> records, long seed, MlpTrainingOptions? mlp = null)
    {
        if (records.Count < FewestRecords)
        {
            throw new DataFormatException(
                "latency records", "count", records.Count.ToString(CultureInfo.InvariantCulture), $"at least {FewestRecords}");
        }

        var shuffled = records.ToArray();
        SeededRandom.For(seed, 0, "latency split").Shuffle<LatencyRecord>(shuffled);
        var tenth = shuffled.Length / 10;
        var heldOut = shuffled[..tenth];
        var validation = shuffled[tenth..(2 * tenth)];
        var training = shuffled[(2 * tenth)..];

        var models = new List<LatencyModel>
        {
            LinearLatencyModel.Fit(LatencyModelKind.DepthOnly, training),
            LinearLatencyModel.Fit(LatencyModelKind.RidgeWithDepthInteractions, training),
        };
        if (mlp is not null)
        {
            models.Add(MlpLatencyModel.Fit(training, mlp));
        }

        var least = records.Min(r => r.TotalMs) / 2;
        var scores = models.ConvertAll(m => Measure(m, least, validation, heldOut));
        var best = models[scores.IndexOf(scores.MinBy(s => s.ValidationMape)!)];
        var data = new LatencyPredictorData { Device = device, LeastMs = least, Records = records.Count, Model = best.ToData(),
            Scores = scores, Calibration = Calibrate(best, least, heldOut) };
        return new LatencyPredictor(data, best);
    }

    /// <summary>The same predictor, whose records were measured at this pace.</summary>
    public LatencyPredictor MeasuredAt(double? paceMs) => new(_data with { PaceMs = paceMs }, _model);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="DataFormatException">The text is not such a predictor.</exception>
    public static LatencyPredictor Load(Stream stream, string sourceName = "latency predictor")
    {
        try
        {
            var data = JsonSerializer.Deserialize<LatencyPredictorData>(stream, StrictJson.Options)!;
            return data.Model.IsComplete() && data.Schema == 1 && data.Scores.Any(s => s.Kind == data.Model.Kind)
                && data.Calibration?.IsValid != false && data.PaceMs is null or > 0
                ? new LatencyPredictor(data, LatencyModel.FromData(data.Model, sourceName))
                : throw new DataFormatException(
                    sourceName, "model", data.Model.Kind.ToString(),
                    "schema 1, the numbers of its kind, its scores, ratios and pace above 0");
        }
        catch (JsonException e)
        {
            throw new DataFormatException(
                sourceName, e.Path ?? "$", "not readable", "a latency predictor written by this project", (int?)e.LineNumber + 1);
        }
    }

    /// <summary>Writes JSON; the stream stays open.</summary>
    public void Save(Stream stream) => JsonSerializer.Serialize(stream, _data, StrictJson.Options);

    /// <inheritdoc/>
    public double PredictMs(Architecture architecture)
    {
        Span<float> features = stackalloc float[AggregateFeatures.FeatureCount];
        AggregateMeans.Write(architecture, ArbitraryCoding.AttendedLayers, features);
        return Predict(_model, _data.LeastMs, features);
    }

    /// <summary>The prediction for a record's features: for scatter plots against measurements.</summary>
    public double PredictMs(LatencyRecord record) => Predict(_model, _data.LeastMs, [.. record.Features.Select(f => (float)f)]);

    /// <summary>
    /// Upper bounds instead of predictions: a random architecture's measured latency is at most its bound with this
    /// probability, and so is that of a random one of any decoder depth with enough held-out records (docs/method.md, "The
    /// latency that was promised").
    /// </summary>
    /// <param name="confidence">Above 0.5 and below 1.</param>
    /// <exception cref="OptionException">The predictor cannot give bounds at this confidence; says why.</exception>
    public ILatencyPredictor AtConfidence(double confidence) => new BoundedLatency(this, FactorsAt(confidence));

    /// <summary>The bounds of <see cref="AtConfidence"/> for records.</summary>
    /// <exception cref="OptionException">The predictor cannot give bounds at this confidence.</exception>
    public Func<LatencyRecord, double> BoundMs(double confidence)
    {
        var factors = FactorsAt(confidence);
        return record => PredictMs(record) * factors.Of(record.DecoderLayers);
    }

    private LatencyFactors FactorsAt(double confidence) => (_data.Calibration ?? throw new OptionException(
        "latencyConfidence", confidence, $"null: the latency predictor of {Device} was stored without held-out errors; fit it again"))
        .At(confidence);

    private static double Predict(LatencyModel model, double least, ReadOnlySpan<float> features) =>
        Math.Max(least, model.Predict(features));

    private static LatencyCalibration Calibrate(LatencyModel model, double least, LatencyRecord[] heldOut) =>
        LatencyCalibration.Of(heldOut.Select(
            r => (r.DecoderLayers, r.TotalMs / Predict(model, least, [.. r.Features.Select(f => (float)f)]))));

    private static LatencyModelScore Measure(LatencyModel model, double least, LatencyRecord[] validation, LatencyRecord[] heldOut)
    {
        double[] Predictions(LatencyRecord[] records) =>
            Array.ConvertAll(records, r => Predict(model, least, [.. r.Features.Select(f => (float)f)]));
        double[] Actual(LatencyRecord[] records) => Array.ConvertAll(records, r => r.TotalMs);
        var predicted = Predictions(heldOut);
        var actual = Actual(heldOut);
        return new LatencyModelScore(
            model.Kind,
            ErrorMeasures.MeanAbsolutePercentage(Predictions(validation), Actual(validation)),
            ErrorMeasures.MeanAbsolutePercentage(predicted, actual),
            ErrorMeasures.RootMeanSquared(predicted, actual),
            RankCorrelation.KendallTauB(predicted, actual));
    }
}
