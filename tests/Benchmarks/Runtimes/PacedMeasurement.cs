using HsNas.Contracts.Jobs;

namespace HsNas.Benchmarks.Runtimes;

/// <summary>A measurement with the machine's pace around it.</summary>
/// <param name="Measured">What was measured.</param>
/// <param name="Before">Milliseconds that the fixed work took just before.</param>
/// <param name="After">Milliseconds that it took just after.</param>
internal sealed record PacedMeasurement(LatencyMeasurement Measured, double Before, double After)
{
    private const double SamePace = 1.15;

    /// <summary>Whether the pace was the same before and after.</summary>
    public bool IsSteady => Math.Max(Before, After) <= SamePace * Math.Min(Before, After);

    /// <summary>Milliseconds as they would be at another pace.</summary>
    /// <param name="pace">Milliseconds that the fixed work takes then.</param>
    public LatencyMeasurement At(double pace)
    {
        var factor = pace * 2 / (Before + After);
        return Measured with { EncoderMean = Measured.EncoderMean * factor, DecoderMean = Measured.DecoderMean * factor };
    }

    /// <summary>The middle one of several measurements of the same, at one pace.</summary>
    public static LatencyMeasurement Median(IEnumerable<PacedMeasurement> all, double pace)
    {
        var sorted = all.Select(m => m.At(pace)).OrderBy(m => m.TotalMean).ToList();
        return sorted[(sorted.Count - 1) / 2];
    }
}
