using System.Globalization;
using System.Net;
using System.Text;
using HsNas.Charts;
using HsNas.Contracts.Requests;
using HsNas.Evaluation.InContext;
using HsNas.Evolution.Constraints;
using HsNas.Predictors;

namespace HsNas.Reporting;

/// <summary>The page a search ends with: self-contained HTML with server-made figures.</summary>
public static class SearchReport
{
    private const string CellStyle = "td, th { padding: .25rem .75rem .25rem 0; text-align: left; vertical-align: top; }";

    /// <summary>One sentence on the outcome.</summary>
    public static string Summary(SearchResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Requested.Winner is not { } winner) return "No finalist kept the limits when measured.";
        var bleu = result.Requested.Training is { } t ? Invariant($", test BLEU {t.TestBleu:F2}") : "";
        var figures = Invariant($"{winner.Measured?.TotalMean:F2} ms measured, {winner.ParametersMillions:F2} M parameters{bleu}");
        var warning = FloorWords.Warning(result) is { } unbeaten ? unbeaten + " " : "";
        var origin = result.Requested.Front is { } front ? $"The knee of a front of {front.Points.Count} points, " : "";
        return $"{warning}{origin}{ArchitectureWords.Short(winner.Architecture)}: {figures}.";
    }

    /// <summary>Name of what labelled. It says that the local endpoint is a regression, not a language model.</summary>
    public static string LabellerName(string model) =>
        StandInModels.Contains(model) ? "in-context regression (not a language model)" : model;

    /// <summary>The whole page.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="constraints">The figures to show of each winner; the built-in constraints where null.</param>
    public static string Render(SearchResult result, ConstraintSet? constraints = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
            <title>HsNas: {Encode(result.Request.Task)}</title>
            <style>
            :root {"{"} color-scheme: light dark; {"}"}
            body {"{"} font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; {"}"}
            table {"{"} border-collapse: collapse; {"}"} {CellStyle}
            svg {"{"} max-width: 100%; height: auto; {"}"} .figures {"{"} overflow-x: auto; {"}"}
            </style></head><body>
            <h1>Search on {Encode(result.Request.Task)}</h1>
            <p>{Encode(Summary(result))}</p>
            """);
        page.Append(OutcomeTable(result, constraints ?? ConstraintSet.BuiltIn)).Append("<div class=\"figures\">")
            .Append(Progress(result.Requested));
        if (result.Comparison is not null) page.Append(Progress(result.Comparison));
        page.Append(PredictedAndTrained(result)).Append(FinalistLatencies(result)).Append("</div>");
        foreach (var run in result.Runs) page.Append(FrontSection.Render(run, constraints ?? ConstraintSet.BuiltIn));
        return page.Append(Details(result)).Append("</body></html>\n").ToString();
    }

    private static string OutcomeTable(SearchResult result, ConstraintSet constraints)
    {
        var runs = result.Runs;
        var table = new StringBuilder("<table><tr><th></th>");
        foreach (var run in runs) table.Append(CultureInfo.InvariantCulture, $"<th>{Encode(run.Name)}</th>");
        table.Append("</tr>");
        Row("Architecture", r => r.Winner is null ? "none kept the limits" : ArchitectureWords.Short(r.Winner.Architecture));
        foreach (var constraint in constraints) Figure(constraint, result.Request.Limits[constraint.Id]);
        Row("Validation loss, trained from scratch", r => r.Training is { } t ? Invariant($"{t.ValidLossBits:F3} bits") : "-");
        Row("BLEU valid / test", r => r.Training is { } t ? Invariant($"{t.ValidBleu:F2} / {t.TestBleu:F2}") : "-");
        Row("Search seconds, distilled / supernet phase", r => Invariant($"{r.DistilledSeconds:F1} / {r.SupernetSeconds:F1}"));
        Row("Supernet scorings", r => Invariant($"{r.SupernetScorings}"));
        if (runs.Any(r => r.Work is not null)) Row("Scoring work", r => FloorWords.Work(r) ?? "-");
        if (runs.Any(r => r.Notices.Count > 0)) Row("Notices", r => string.Join(' ', r.Notices));
        return table.Append("</table>").ToString();

        void Figure(Constraint constraint, double? limit)
        {
            if (limit is null && constraint.IsFlag) return;
            var name = char.ToUpperInvariant(constraint.Name[0]) + constraint.Name[1..];
            Row(constraint.IsMeasured ? $"{name}, measured" : name, r =>
                r.Winner?.Value(constraint) is { } value ? constraint.Say(value) : "-");
            if (limit is { } most) Row($"{name}, limit", _ => constraint.Say(most));
        }

        void Row(string name, Func<RunResult, string> cell)
        {
            table.Append(CultureInfo.InvariantCulture, $"<tr><th>{Encode(name)}</th>");
            foreach (var run in runs) table.Append(CultureInfo.InvariantCulture, $"<td>{Encode(cell(run))}</td>");
            table.Append("</tr>");
        }
    }

    private static string Progress(RunResult run)
    {
        // Two metrics on one axis would mislead: each phase is a chart of its own.
        var charts = new StringBuilder();
        foreach (var phase in run.Trace.GroupBy(t => t.Metric, StringComparer.Ordinal))
        {
            var best = new Series("best", [.. phase.Select(t => ((double)t.Generation, t.Best))]);
            var mean = new Series("mean of population", [.. phase.Select(t => ((double)t.Generation, t.Mean))]);
            var better = phase.First().Direction == MetricDirection.HigherIsBetter ? "higher is better" : "lower is better";
            charts.Append(LineChart.Render($"{run.Name}: {phase.Key} by generation ({better})", "generation", phase.Key, [best, mean],
                [new Phase(phase.First().Direction == MetricDirection.HigherIsBetter ? "distilled predictor" : "supernet",
                    phase.Min(t => t.Generation), phase.Max(t => t.Generation))]));
        }

        return charts.ToString();
    }

    private static string PredictedAndTrained(SearchResult result)
    {
        if (result.Predictor is not { } quality) return "";
        PointGroup Group(string name, bool shown) =>
            new(name, [.. quality.Points.Where(p => p.Shown == shown).Select(p => (p.Trained, p.Predicted, (string?)null))]);
        return ScatterChart.Render("Seed architectures: predicted against trained BLEU", "trained BLEU (validation)", "predicted BLEU",
            [Group("held out", shown: false), Group("demonstrations", shown: true)], diagonal: true);
    }

    private static string FinalistLatencies(SearchResult result)
    {
        var bars = result.Requested.Finalists.Where(f => f.Measured is not null)
            .Select((f, i) => new Bar(Invariant($"{i + 1}"), f.Measured!.TotalMean)).ToList();
        return bars.Count == 0
            ? "" : BarChart.Render("Finalists, best score first: measured latency", "milliseconds", bars, result.Request.Limits.LatencyMs);
    }

    private static string Details(SearchResult result)
    {
        var stages = string.Join(", ", result.StageSeconds.Select(s => Invariant($"{s.Key} {s.Value:F1} s")));
        return Invariant($"""
            <h2>How it was found</h2>
            {DistilledPredictor(result)}
            <p>{Circumstances(result)}</p>
            <p>{Encode(FloorWords.Sentence(result) ?? "No supernet was used, so no floors were scored.")}</p>
            <p>Stages: {Encode(stages)}.</p>
            """);
    }

    private static string Circumstances(SearchResult result)
    {
        var error = result.LatencyMape is { } e ? Invariant($"{e:F1} %") : "not needed";
        var dataset = result.Dataset.Length > 0 ? result.Dataset : "none";
        var promise = LatencyPromise.Sentence(result) is { } kept ? $" {Encode(kept)}" : "";
        var drift = LatencyDrift.Warning(result) is { } warning ? $" {Encode(warning)}" : "";
        return $"Latency predictor, held-out error: {error}. Device: {Encode(result.DeviceFingerprint)}. "
            + $"Data set: {Encode(dataset)}. Seed: {result.Request.Evolution.Seed}.{promise}{drift}";
    }

    private static string DistilledPredictor(SearchResult result)
    {
        if (result.DistilledSupernet is { } distilled)
        {
            var error = Invariant($"held-out error {distilled.HeldOutRmseBits:F3} bits per token");
            return $"<p>Distilled predictor: {distilled.Labels} labels by the supernet; {error}.</p>";
        }

        if (result is not { Labels: { } labels, Predictor: { } quality })
            return "<p>No generation was ranked by a distilled predictor.</p>";
        var labeller = Encode(LabellerName(labels.Model));
        return Invariant($"""
            <p>Labels: {labels.Labels} by {labeller}; {labels.Bought} calls made for them, the rest was in the ledger;
            {labels.PromptTokens} prompt and {labels.CompletionTokens} completion tokens. {Encode(LabelCost.Sentence(labels))}
            Predictor: {Encode(result.PredictorReason ?? "known from before")}. Distilled predictor on seed architectures it was not shown:
            MAE {quality.Mae:F3} BLEU, Kendall tau-b {quality.Tau:F3}; the depth floor: {quality.FloorMae:F3}, {quality.FloorTau:F3}.</p>
            """);
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
