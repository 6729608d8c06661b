using HsNas.Contracts.Fronts;
using HsNas.Contracts.Requests;
using HsNas.Evaluation.InContext;
using HsNas.Evolution.Constraints;
using HsNas.Reporting;
using Spectre.Console;

namespace HsNas.Cli.Screens;

/// <summary>The last screen: what was found, whether the limits hold, what it took, where the report lies.</summary>
internal static class ResultScreen
{
    private const int MostPoints = 10;

    /// <summary>Prints it.</summary>
    public static void Print(IAnsiConsole console, SearchResult result, IReadOnlyList<string> files, ConstraintSet constraints)
    {
        var table = new Table().Border(TableBorder.Rounded)
            .AddColumn(new TableColumn($"[bold]{result.Request.Task.EscapeMarkup()}[/]").NoWrap());
        table.AddColumn($"[bold green]{result.Requested.Name.EscapeMarkup()}[/]");
        if (result.Comparison is { } hat) table.AddColumn($"[bold]{hat.Name.EscapeMarkup()}[/]");
        foreach (var (name, cells) in ResultTable.Rows(result, constraints))
            table.AddRow([name.EscapeMarkup(), .. cells.Select(Cell)]);
        console.Write(table);
        if (result.Requested.ScoredFront.Count > 0) console.Write(ScoredFrontTable.Build(result.Requested, MostPoints));
        if (FloorWords.Warning(result) is { } warning) console.MarkupLine($"[yellow]{warning.EscapeMarkup()}[/]");
        foreach (var front in result.Runs.Select(r => r.Front).OfType<Front>())
            console.Write(FrontTable.Build(front, constraints, MostPoints));
        foreach (var line in Notes(result)) console.WriteLine(line);
        foreach (var file in files) console.MarkupLine($"[bold]{file.EscapeMarkup()}[/]");
    }

    /// <summary>What holds for the whole search.</summary>
    internal static IEnumerable<string> Notes(SearchResult result)
    {
        foreach (var line in Distilled(result)) yield return line;
        if (FloorWords.Sentence(result) is { } floors) yield return floors;
        if (result.LatencyMape is { } error) yield return $"Latency predictor, held out: {error:0.0} % mean error.";
        if (LatencyPromise.Sentence(result) is { } promise) yield return promise;
        if (LatencyDrift.Warning(result) is { } drift) yield return drift;
        if (LatencyDrift.PaceNotice(result) is { } pace) yield return pace;
        yield return $"Data set {(result.Dataset.Length > 0 ? result.Dataset : "none")}, device {result.DeviceFingerprint}.";
        var stages = result.StageSeconds.Where(s => s.Value >= 0.05).Select(s => $"{s.Key} {StageText.Duration(s.Value)}");
        yield return $"Time by stage: {string.Join(", ", stages)}.";
    }

    private static IEnumerable<string> Distilled(SearchResult result)
    {
        if (result.DistilledSupernet is { } distilled)
            yield return $"Distilled MLP: {distilled.Labels:N0} labels by the supernet, held-out error {distilled.HeldOutRmseBits:0.000} "
                + "bits per token.";
        if (result is not { Labels: { } labels, Predictor: { } quality }) yield break;
        var source = StandInModels.Contains(labels.Model)
            ? "in-context regression, not a language model; token counts are estimates" : labels.Model;
        yield return $"Labels: {labels.Labels:N0} from {labels.Calls:N0} calls ({labels.Bought:N0} made now), {labels.PromptTokens:N0} "
            + $"prompt and {labels.CompletionTokens:N0} answer tokens ({source}).";
        yield return LabelCost.Sentence(labels);
        yield return $"Distilled MLP on seed architectures it was not shown: MAE {quality.Mae:0.00} BLEU, tau-b {Tau(quality.Tau)} "
            + $"(depth alone: {quality.FloorMae:0.00}, {Tau(quality.FloorTau)}).";
    }

    private static string Cell(string text) => text.EscapeMarkup().Replace("MISSED", "[red]MISSED[/]", StringComparison.Ordinal)
        .Replace(": kept", ": [green]kept[/]", StringComparison.Ordinal);

    private static string Tau(double? tau) => tau is { } t ? $"{t:0.00}" : "undefined";
}
