using HsNas.Contracts.Jobs;
using HsNas.Contracts.Requests;
using HsNas.Evolution.Constraints;
using HsNas.Reporting;

namespace HsNas.Cli.Screens;

/// <summary>The figures of a finished search, one row a figure, one column a run.</summary>
internal static class ResultTable
{
    /// <summary>Names and cells, with the figures of <paramref name="constraints"/>; rows that no run fills are left out.</summary>
    public static IEnumerable<(string Name, IReadOnlyList<string> Cells)> Rows(SearchResult result, ConstraintSet constraints)
    {
        var runs = result.Runs;
        (string Name, Func<RunResult, string?> Cell)[] rows =
        [
            ("encoder", r => r.Winner is { } w ? ArchitectureWords.Encoder(w.Architecture) : "no finalist kept the limits when measured"),
            ("decoder", r => r.Winner is { } w ? ArchitectureWords.Decoder(w.Architecture) : null),
            .. constraints.Select(c => (c.Name, Figure(c, result.Request.Limits[c.Id]))),
            ("validation loss", r => r.Training is { } t ? $"{t.ValidLossBits:0.000} bits per token" : null),
            ("kept weights", r => r.Training?.Kept is { } kept ? Kept(kept) : null),
            ("BLEU", r => r.Training is { } t ? $"{t.TestBleu:0.00} test, {t.ValidBleu:0.00} validation" : null),
            ("search time", r =>
                $"{r.DistilledSeconds + r.SupernetSeconds:0.0} s = {r.DistilledSeconds:0.0} s distilled MLP + {r.SupernetSeconds:0.0} "
                    + "s supernet"),
            ("supernet scorings", r => $"{r.SupernetScorings:N0}"),
            ("scoring work", FloorWords.Work),
            ("notices", r => string.Join(' ', r.Notices)),
        ];
        foreach (var (name, cell) in rows)
        {
            var cells = runs.Select(r => cell(r) ?? "").ToList();
            if (cells.Any(c => c.Length > 0)) yield return (name, cells);
        }
    }

    private static string Kept(KeptWeights kept) => kept.Steps.Count == 1
        ? $"those after {kept.Steps[0]:N0} of {kept.Checks[^1].Step:N0} updates"
        : $"mean of those after {kept.Steps[0]:N0} to {kept.Steps[^1]:N0} updates";

    private static Func<RunResult, string?> Figure(Constraint constraint, double? most) => run =>
    {
        if ((most is null && !constraint.IsAlwaysShown) || run.Winner?.Value(constraint) is not { } value) return null;
        var text = $"{value:0.###} {constraint.Unit}".TrimEnd();
        if (constraint.IsMeasured) text += " measured";
        if (run.Winner.Prediction(constraint) is { } predicted) text += $", {predicted:0.###} predicted";
        return most is { } limit
            ? $"{text}; limit {limit:0.###}: {(new Limit(constraint, limit).IsKeptBy(value) ? "kept" : "MISSED")}" : text;
    };
}
