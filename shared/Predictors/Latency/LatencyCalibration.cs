using HsNas.Kernel.Validation;

namespace HsNas.Predictors.Latency;

/// <summary>
/// How far measured latencies lay from predicted ones, on records that neither fitted nor chose the predictor: what upper bounds
/// are made of (docs/method.md, "The latency that was promised"). Immutable.
/// </summary>
public sealed record LatencyCalibration
{
    /// <summary>Stands for a decoder depth where errors are not told apart by depth.</summary>
    internal const int AnyDepth = 0;

    /// <summary>Decoder layers of each record; 0 where errors are not told apart by depth.</summary>
    public required IReadOnlyList<int> DecoderLayers { get; init; }

    /// <summary>Measured over predicted latency of each record, above 0.</summary>
    public required IReadOnlyList<double> Ratios { get; init; }

    /// <summary>
    /// Fewest records for a bound at <paramref name="confidence"/>: the least n with ceil((n + 1) confidence) at most n.
    /// </summary>
    public static int FewestRecords(double confidence)
    {
        var count = 1;
        while (Rank(count, confidence) > count) count++;
        return count;
    }

    /// <summary>
    /// What predictions are multiplied with. Of n ratios it is the ceil((n + 1) confidence)-th smallest: once of all records, and
    /// once of those with the same decoder depth, where too few have the largest. The larger of the two counts, and at
    /// least 1.
    /// </summary>
    /// <exception cref="OptionException">The confidence is not inside (0.5, 1), or there are too few records for it.</exception>
    internal LatencyFactors At(double confidence)
    {
        OptionException.ThrowUnless(confidence is > 0.5 and < 1, "latencyConfidence", confidence, "a number above 0.5 and below 1");
        var fewest = FewestRecords(confidence);
        OptionException.ThrowUnless(Ratios.Count >= fewest, "latencyConfidence", confidence,
            $"a confidence that {Ratios.Count} held-out measurements can give; this one needs {fewest}");
        var all = Math.Max(1, Quantile(Ratios, confidence));
        var byDepth = DecoderLayers.Zip(Ratios).GroupBy(r => r.First, r => r.Second)
            .ToDictionary(g => g.Key, g => Math.Max(all, Quantile([.. g], confidence)));
        return new LatencyFactors(all, byDepth);
    }

    /// <summary>The same, of one record a line.</summary>
    internal static LatencyCalibration Of(IEnumerable<(int DecoderLayers, double Ratio)> records)
    {
        var all = records.ToArray();
        return new LatencyCalibration { DecoderLayers = [.. all.Select(r => r.DecoderLayers)], Ratios = [.. all.Select(r => r.Ratio)] };
    }

    /// <summary>Whether it can have been written by this project.</summary>
    internal bool IsValid => DecoderLayers.Count == Ratios.Count && Ratios.All(r => r > 0 && double.IsFinite(r));

    private static double Quantile(IReadOnlyList<double> ratios, double confidence)
    {
        double[] sorted = [.. ratios.Order()];
        return sorted[Math.Min(Rank(sorted.Length, confidence), sorted.Length) - 1];
    }

    // A confidence such as 0.9 is not exact in binary: ten times it must not be rounded up to eleven.
    private static int Rank(int count, double confidence) => (int)Math.Ceiling(((count + 1) * confidence) - 1e-9);
}

/// <summary>Factors of one confidence.</summary>
/// <param name="Overall">For decoder depths without records.</param>
/// <param name="ByDecoderLayers">By decoder depth.</param>
internal sealed record LatencyFactors(double Overall, IReadOnlyDictionary<int, double> ByDecoderLayers)
{
    /// <summary>The factor of a decoder depth, at least 1.</summary>
    public double Of(int decoderLayers) => ByDecoderLayers.GetValueOrDefault(decoderLayers, Overall);
}
