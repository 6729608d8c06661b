using HsNas.Contracts.Sweeps;

namespace HsNas.Reporting.Sweeps;

/// <summary>A row of a sweep in words.</summary>
public static class SweepWords
{
    /// <summary>What a row varies: "evolution.seed 2; limits.latencyMs 4".</summary>
    public static string Axes(SweepRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return string.Join("; ", row.Axes.Select(a => $"{a.Path} {(SweepCells.Text(a.Value) is { Length: > 0 } text ? text : "none")}"));
    }
}
