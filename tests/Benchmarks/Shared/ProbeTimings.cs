using System.Diagnostics;
using HsNas.Contracts.Jobs;

namespace HsNas.Benchmarks.Shared;

/// <summary>Timed calls of an encoder and a decoder, as HAT takes them: sorted, a tenth dropped at either end, the rest averaged.</summary>
internal static class ProbeTimings
{
    private const int WarmUps = 5;

    /// <summary>Milliseconds of <paramref name="runs"/> calls, sorted, after a few that are not counted.</summary>
    public static double[] Of(Action run, int runs, CancellationToken cancellationToken)
    {
        var milliseconds = new double[runs];
        for (var i = -WarmUps; i < runs; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var start = Stopwatch.GetTimestamp();
            run();
            if (i >= 0) milliseconds[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(milliseconds);
        return milliseconds;
    }

    /// <summary>The measurement that sorted timings of both sides make.</summary>
    public static LatencyMeasurement Measurement(double[] encoder, double[] decoder) => new(
        Trimmed(encoder), Trimmed(decoder), Deviation(encoder), Deviation(decoder),
        Percentile(encoder, 0.5) + Percentile(decoder, 0.5), Percentile(encoder, 0.95) + Percentile(decoder, 0.95));

    // At least one is dropped at the top, as HAT's data-set generator does; with one or two runs nothing is.
    private static double Trimmed(double[] sorted)
    {
        var drop = (int)(0.1 * sorted.Length);
        var kept = sorted.Length < 3 ? sorted : sorted[drop..^Math.Max(1, drop)];
        return kept.Average();
    }

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
    }

    private static double Percentile(double[] sorted, double share) => sorted[(int)Math.Ceiling(share * (sorted.Length - 1))];
}
