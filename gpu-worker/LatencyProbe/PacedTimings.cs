using HsNas.Contracts.Jobs;
using HsNas.Kernel.Statistics;

namespace HsNas.GpuWorker.LatencyProbe;

/// <summary>
/// Timed calls of one architecture, each in units of the fixed work that was done right before and after it (docs/method.md, "Latency
/// predictor"): the machine's pace, which slows both alike, is not in them.
/// </summary>
/// <param name="Encoder">One call of the encoder each.</param>
/// <param name="Decoder">One whole decoding each; the one at the same index followed the encoder's call.</param>
/// <param name="PaceMs">Milliseconds that the fixed work took meanwhile, the middle one.</param>
internal sealed record PacedTimings(IReadOnlyList<float> Encoder, IReadOnlyList<float> Decoder, double PaceMs)
{
    /// <summary>Out of what the clock said.</summary>
    /// <param name="work">Milliseconds of the fixed work: before the first call, between calls, after the last.</param>
    /// <param name="encoder">Milliseconds of the encoder's calls.</param>
    /// <param name="decoder">Milliseconds of the decodings.</param>
    public static PacedTimings Of(IReadOnlyList<double> work, IReadOnlyList<double> encoder, IReadOnlyList<double> decoder)
    {
        float[] InWork(IReadOnlyList<double> timings) => [.. timings.Select((t, i) => (float)(2 * t / (work[i] + work[i + 1])))];
        return new PacedTimings(InWork(encoder), InWork(decoder), Quantiles.Median(work));
    }

    /// <summary>What several timings of one architecture say together, at the pace at which the fixed work takes so long.</summary>
    public static LatencyMeasurement At(double paceMs, IReadOnlyCollection<PacedTimings> all)
    {
        double[] All(Func<PacedTimings, IEnumerable<float>> values) => [.. all.SelectMany(values).Select(v => v * paceMs)];
        var (encoder, decoder) = (All(t => t.Encoder), All(t => t.Decoder));
        var both = All(t => t.Encoder.Zip(t.Decoder, (e, d) => e + d));
        return new LatencyMeasurement(
            Quantiles.Median(encoder), Quantiles.Median(decoder), Deviation(encoder), Deviation(decoder), Quantiles.Median(both),
            Quantiles.OfSorted([.. both.Order()], 0.95));
    }

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
    }
}
