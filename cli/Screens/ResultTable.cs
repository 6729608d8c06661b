using HsNas.Contracts.Requests;
using HsNas.Evolution.Constraints;

namespace HsNas.Cli.Screens;

/// <summary>The figures of a finished search, one row a figure, one column a run.</summary>
internal static class ResultTable
{
    /// <summary>Names and cells; rows that no run fills are left out.</summary>
    public static IEnumerable<(string Name, IReadOnlyList<string> Cells)> Rows(SearchResult result)
    {
        RunResult[] runs = result.Hat is { } hat ? [result.HsNas, hat] : [result.HsNas];
        (string Name, Func<RunResult, string?> Cell)[] rows =
        [
            ("encoder", r => r.Winner is { } w ? ArchitectureWords.Encoder(w.Architecture) : "no finalist kept the limits when measured"),
            ("decoder", r => r.Winner is { } w ? ArchitectureWords.Decoder(w.Architecture) : null),
            .. LimitRows(result.Request.Limits),
            ("validation loss", r => r.Training is { } t ? $"{t.ValidLossBits:0.000} bits per token" : null),
            ("BLEU", r => r.Training is { } t ? $"{t.TestBleu:0.00} test, {t.ValidBleu:0.00} validation" : null),
            ("search time", r => $"{r.DistilledSeconds + r.SupernetSeconds:0.0} s = {r.DistilledSeconds:0.0} s distilled MLP + {r.SupernetSeconds:0.0} s supernet"),
            ("supernet scorings", r => $"{r.SupernetScorings:N0}"),
        ];
        foreach (var (name, cell) in rows)
        {
            var cells = runs.Select(r => cell(r) ?? "").ToList();
            if (cells.Any(c => c.Length > 0)) yield return (name, cells);
        }
    }

    private static IEnumerable<(string Name, Func<RunResult, string?> Cell)> LimitRows(SearchConstraints limits)
    {
        yield return ("latency", r => r.Winner?.Measured is { } m ? Against(m.TotalMean, limits.LatencyMs, "ms measured", r.Winner.PredictedMs) : null);
        yield return ("GFLOPs", r => r.Winner is { } w ? Against(w.GFlops, limits.GFlops, "with the output layer") : null);
        if (limits.GFlopsWithoutLastLayer is not null)
            yield return ("GFLOPs, inner", r => r.Winner is { } w ? Against(w.GFlopsWithoutLastLayer, limits.GFlopsWithoutLastLayer, "without the output layer") : null);
        yield return ("parameters", r => r.Winner is { } w ? Against(w.ParametersMillions, limits.ParametersMillions, "million") : null);
    }

    private static string Against(double value, double? limit, string unit, double? predicted = null)
    {
        var text = $"{value:0.###} {unit}";
        if (predicted is { } p) text += $", {p:0.###} predicted";
        return limit is { } most ? $"{text}; limit {most:0.###}: {(value <= most ? "kept" : "MISSED")}" : text;
    }
}
