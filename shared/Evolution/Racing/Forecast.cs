using HsNas.Kernel.Statistics;

namespace HsNas.Evolution.Racing;

/// <summary>
/// Forecasts a candidate's loss on the whole text from its architecture, the distilled predictor's hint and its losses on the
/// first blocks. Learns from candidates that were scored on all blocks; one model for each number of blocks.
/// </summary>
internal sealed class Forecast
{
    private static readonly double[] Penalties = [0.1, 1, 10];

    private readonly IReadOnlyList<TextBlock> _blocks;
    private readonly List<(LossRecord Record, double[] Features)> _examples;
    private readonly Func<LossRecord, double[]> _features;
    private readonly (LossModel Model, Standardiser Scale)?[] _models;
    private readonly double[] _labels;
    private readonly Dictionary<string, Estimate> _estimates = new(StringComparer.Ordinal);

    /// <summary>A forecast that learns from <paramref name="examples"/>, all scored on every block.</summary>
    public Forecast(
        IReadOnlyList<TextBlock> blocks, IEnumerable<LossRecord> examples, Func<LossRecord, double[]> features)
    {
        (_blocks, _features) = (blocks, features);
        _examples = [.. examples.Select(e => (e, features(e)))];
        _labels = [.. _examples.Select(e => TotalLoss.Bits(e.Record, blocks))];
        _models = new (LossModel, Standardiser)?[blocks.Count];
    }

    /// <summary>Where the loss of a candidate lies, in bits per token: exactly where all blocks are known.</summary>
    public LossRange Of(LossRecord record, double confidence, double bestConfidence, double widening = 1)
    {
        var known = record.Sums.Length;
        if (known == _blocks.Count) return LossRange.Exact(TotalLoss.Bits(record, _blocks));
        // Most candidates stay as they are from one round to the next, and from one confidence to the next.
        if (!_estimates.TryGetValue(record.Architecture.Key, out var estimate) || estimate.Known != known)
            _estimates[record.Architecture.Key] = estimate = EstimateOf(record, known);
        var scale = widening * estimate.Distance;
        return new LossRange(
            new Interval(estimate.Centre, scale * estimate.Model.HalfWidth(confidence)),
            new Interval(estimate.Centre, scale * estimate.Model.HalfWidth(bestConfidence)));
    }

    private Estimate EstimateOf(LossRecord record, int known)
    {
        var (model, scale) = _models[known] ??= Fit(known);
        var (centre, distance) = model.Predict(Row(record, _features(record), known, scale));
        return new Estimate(known, model, centre, distance);
    }

    // Features have the scale of the space. What is known of a candidate beside them has that of the examples.
    private (LossModel Model, Standardiser Scale) Fit(int known)
    {
        var scale = Standardiser.Fit([.. _examples.Select(e => Measured(e.Record, known))]);
        return (LossModel.Fit([.. _examples.Select(e => Row(e.Record, e.Features, known, scale))], _labels, Penalties), scale);
    }

    private double[] Row(LossRecord record, double[] features, int known, Standardiser scale) =>
        [.. features, .. scale.Apply(Measured(record, known))];

    private double[] Measured(LossRecord record, int known) =>
    [
        .. record.Hint is { } hint ? [hint] : Array.Empty<double>(),
        .. Enumerable.Range(0, known).Select(k => record.Sums[k] / (double)_blocks[k].Tokens),
    ];

    private sealed record Estimate(int Known, LossModel Model, double Centre, double Distance);
}

/// <summary>The loss that supernets are ranked by: its mean over all tokens of the text.</summary>
public static class TotalLoss
{
    /// <summary>Bits per token of a candidate that was scored on all blocks.</summary>
    public static double Bits(LossRecord record, IReadOnlyList<TextBlock> blocks)
    {
        var nats = 0.0;
        foreach (var sum in record.Sums) nats += sum;
        return nats / blocks.Sum(b => (long)b.Tokens) / Math.Log(2);
    }
}
