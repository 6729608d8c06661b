using System.Collections.Immutable;
using HsNas.Contracts.Requests;
using HsNas.Contracts.Sweeps;
using HsNas.Predictors;

namespace HsNas.Reporting.Sweeps;

/// <summary>
/// The columns of figures, those of the paper's Tables 2 to 4 and 7 to 11 among them. "Measured" ones also depend on clocks, timings
/// and which row came first (docs/method.md, "Sweeps").
/// </summary>
public static class SweepColumns
{
    /// <summary>Id of the column of dollars that a row itself paid, which is known of a row and not of a run.</summary>
    internal const string Spent = "spentUsd";

    /// <summary>All columns in their order.</summary>
    internal static IReadOnlyList<SweepColumn> All { get; } =
    [
        Exact("testBleu", "BLEU (test)", 2, (_, run) => run.Training?.TestBleu),
        Exact("validBleu", "BLEU (valid)", 2, (_, run) => run.Training?.ValidBleu),
        Exact("validLossBits", "loss of the trained winner, bits", 4, (_, run) => run.Training?.ValidLossBits),
        Exact("supernetLossBits", "supernet loss, bits", 4, (_, run) => Score(run, Metrics.ValidationLoss)),
        Exact("predictedBleu", "predicted BLEU", 3, (_, run) => Score(run, Metrics.ValidationBleu)),
        Measured("predictedMs", "latency predicted, ms", 2, (_, run) => run.Winner?.PredictedMs),
        Measured("latencyMs", "latency measured, ms", 2, (_, run) => run.Winner?.Measured?.TotalMean),
        Exact("gFlopsWithoutLastLayer", "GFLOPs without output layer", 4, (_, run) => run.Winner?.GFlopsWithoutLastLayer),
        Exact("gFlops", "GFLOPs with output layer", 4, (_, run) => run.Winner?.GFlops),
        Exact("parametersMillions", "model size, M", 3, (_, run) => run.Winner?.ParametersMillions),
        Measured("searchSeconds", "search, s", 1, (_, run) => run.DistilledSeconds + run.SupernetSeconds),
        Measured("totalSeconds", "all stages, s", 1, (result, _) => result.StageSeconds.Values.Sum()),
        Exact("labelsUsd", "price of its labels, US$", 4, (result, _) => (double?)result.Labels?.CostUsd),
        Measured(Spent, "paid now, US$", 4, (_, _) => null),
        Measured("supernetScorings", "supernet scorings", 0, (_, run) => run.SupernetScorings),
    ];

    /// <summary>What a search found, a line for each of its runs.</summary>
    /// <param name="result">The result.</param>
    /// <param name="spentUsd">What it paid for labels.</param>
    public static IReadOnlyList<SweepLine> Lines(SearchResult result, decimal spentUsd)
    {
        ArgumentNullException.ThrowIfNull(result);
        return [.. result.Runs.Select(run => new SweepLine(run.Name, Note(run), Figures(result, run, spentUsd)))];
    }

    private static ImmutableSortedDictionary<string, double> Figures(SearchResult result, RunResult run, decimal spentUsd)
    {
        var figures = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        foreach (var column in All)
            if (column.Figure(result, run) is { } figure) figures[column.Head.Id] = figure;
        if (spentUsd > 0 && run.Kind == Contracts.RunKind.Requested) figures[Spent] = (double)spentUsd;
        return figures.ToImmutable();
    }

    private static string? Note(RunResult run)
    {
        var notices = run.Winner is null ? run.Notices.Prepend("No finalist kept the limits when measured.") : run.Notices;
        var note = string.Join(' ', notices);
        return note.Length > 0 ? note : null;
    }

    // The winner's score, where the last generation was ranked by this metric.
    private static double? Score(RunResult run, string metric) =>
        run.Trace is [.., var last] && last.Metric == metric ? run.Winner?.Score : null;

    private static SweepColumn Exact(string id, string title, int decimals, Func<SearchResult, RunResult, double?> figure) =>
        new(new SweepColumnHead(id, title, Measured: false), decimals, figure);

    private static SweepColumn Measured(string id, string title, int decimals, Func<SearchResult, RunResult, double?> figure) =>
        new(new SweepColumnHead(id, title, Measured: true), decimals, figure);
}
