using HsNas.Charts;
using HsNas.Contracts.Requests;

namespace HsNas.Dashboard.Models;

/// <summary>Whether the latency predictor of a search deserves trust: figures and the tables behind them.</summary>
public static class LatencyFigures
{
    /// <summary>Predicted against measured latency of finalists; null where none was measured.</summary>
    public static (string Svg, TableData Data)? Measured(SearchResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var known = All(result).ToList();
        if (known.Count == 0) return null;
        var groups = result.Runs.Select(r => new PointGroup(r.Name, [.. known.Where(k => k.Run == r)
            .Select(k => (k.Finalist.Measured!.TotalMean, k.Finalist.PredictedMs!.Value, (string?)k.Finalist.Architecture.Key))])).ToList();
        var svg = ScatterChart.Render(
            "Finalists: predicted against measured latency", "measured, ms", "predicted, ms", groups, diagonal: true);
        return (svg, new TableData(["Run", "Predicted, ms", "Upper bound, ms", "Measured, ms", "Residual, ms"], [.. known.Select(k =>
            (IReadOnlyList<string>)[k.Run.Name, Say.Number(k.Finalist.PredictedMs), Say.Number(k.Finalist.PredictedBoundMs),
                Say.Number(k.Finalist.Measured!.TotalMean), Say.Number(Residual(k.Finalist))])]));
    }

    /// <summary>Residual of each finalist by decoder depth, and its mean by depth; null where nothing was measured.</summary>
    public static (string Svg, TableData Data)? ResidualByDepth(SearchResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var finalists = All(result).Select(k => k.Finalist).DistinctBy(f => f.Architecture).ToList();
        if (finalists.Count == 0) return null;
        var depths = finalists.GroupBy(f => f.Architecture.DecoderLayers).OrderBy(g => g.Key).ToList();
        var each = new PointGroup("finalist", [.. finalists.Select(f =>
            ((double)f.Architecture.DecoderLayers, Residual(f), (string?)f.Architecture.Key))]);
        var mean = new PointGroup("mean of a depth", [.. depths.Select(g => ((double)g.Key, g.Average(Residual), (string?)null))]);
        var svg = ScatterChart.Render(
            "Latency residual by decoder depth", "decoder layers", "measured minus predicted, ms", [each, mean], diagonal: false);
        return (svg, new TableData(["Decoder layers", "Finalists", "Measured minus predicted, ms", "Mean absolute error"],
            [.. depths.Select(g => (IReadOnlyList<string>)[$"{g.Key}", $"{g.Count()}", Say.Number(g.Average(Residual)),
                Say.Share(g.Average(f => Math.Abs(Residual(f)) / f.Measured!.TotalMean))])]));
    }

    /// <summary>How many measured finalists lay under their upper bound, and how many were promised; null where none has a bound.</summary>
    public static string? Coverage(SearchResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var bounded = All(result).Select(k => k.Finalist)
            .Where(f => f.PredictedBoundMs is not null).DistinctBy(f => f.Architecture).ToList();
        if (bounded.Count == 0 || result.Request.LatencyConfidence is not { } promised) return null;
        var kept = bounded.Count(f => f.Measured!.TotalMean <= f.PredictedBoundMs);
        return $"{kept} of {bounded.Count} finalists ({Say.Share(kept / (double)bounded.Count)}) were measured under their upper bound; "
            + $"{Say.Share(promised)} were promised.";
    }

    private static double Residual(Finalist finalist) => finalist.Measured!.TotalMean - finalist.PredictedMs!.Value;

    private static IEnumerable<(RunResult Run, Finalist Finalist)> All(SearchResult result) =>
        from run in result.Runs
        from finalist in run.Finalists
        where finalist is { Measured: not null, PredictedMs: not null }
        select (run, finalist);
}
