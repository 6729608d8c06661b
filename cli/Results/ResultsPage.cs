using System.Globalization;
using System.Text;
using HsNas.Contracts.Supernets;
using HsNas.Evaluation.Scoring;
using HsNas.Spaces;

namespace HsNas.Cli.Results;

/// <summary>What a task's section of the results page is made of.</summary>
/// <param name="Task">The task.</param>
/// <param name="Card">All predictors scored.</param>
/// <param name="Supernets">Supernets among them, for what they took.</param>
/// <param name="Seeds">Where the trained BLEU comes from, in words.</param>
/// <param name="DistillationSeconds">Processor seconds to label and train one distilled predictor, measured now.</param>
internal sealed record TaskResults(
    TaskDefinition Task, Scorecard Card, IReadOnlyList<SupernetRow> Supernets, string Seeds, double DistillationSeconds);

/// <summary>The page <c>docs/results.md</c>: every figure comes from committed data or was measured by the command that wrote it.</summary>
internal static class ResultsPage
{
    /// <summary>The page.</summary>
    public static string Render(IEnumerable<TaskResults> tasks, SupernetKinds kinds) =>
        "# Results\n\nWritten by `./hsnas results`; do not edit. Our own Table 1: how well each predictor knows the validation BLEU "
            + "that an architecture\n"
        + "reaches when it is trained from scratch. MAE in BLEU; tau is Kendall's tau-b; decision tau only compares architectures of "
        + "equal\n"
        + "decoder depth, which is what is left to decide once a latency limit has fixed the depth; regret is the BLEU lost by "
        + "training the\n"
        + "predicted best. In brackets 90 % bootstrap intervals over splits and test architectures. MAE of a supernet is mostly a "
        + "constant\n"
        + "offset, since its weights are trained otherwise than from scratch; its validation loss has no MAE in BLEU at all. No language\n"
        + "model was asked: in-context regression on the demonstrations stands in for LLM-PP, and its student for LLM-Distill-PP.\n"
        + string.Concat(tasks.Select(t => Section(t, kinds)));

    private static string Section(TaskResults results, SupernetKinds kinds)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"\n## {results.Task.Name}\n\n{results.Task.Description} {results.Seeds}\n\n");
        text.Append("| predictor | MAE | tau | decision tau | regret | bias |\n|---|---|---|---|---|---|\n");
        string? group = null;
        foreach (var row in results.Card.Rows)
        {
            if (row.Group != group) text.Append(CultureInfo.InvariantCulture, $"| *{group = row.Group}* | | | | | |\n");
            text.Append(CultureInfo.InvariantCulture,
                $"| {row.Predictor} | {Cell(row.Mae)} | {Cell(row.Tau)} | {Cell(row.DecisionTau)} | {Plain(row.Regret)} | "
                    + $"{Plain(row.Bias)} |\n");
        }

        text.Append('\n').Append(Reading(results.Card));
        if (results.Supernets.Count > 0) text.Append('\n').Append(Costs(results, kinds));
        return text.ToString();
    }

    // Said by rule, so that the words always fit the figures above them.
    private static string Reading(Scorecard card)
    {
        var floors = card.Rows.Where(r => r.Group == "Floor" && r.Tau is not null).ToList();
        var others = card.Rows.Where(r => r.Group != "Floor" && r.Tau is not null).ToList();
        if (floors.Count == 0 || others.Count == 0) return "";
        var floor = floors.MaxBy(r => r.Tau!.Mean)!;
        var best = others.MaxBy(r => r.Tau!.Mean)!;
        var closest = card.Rows.Where(r => r.Mae is not null).MinBy(r => r.Mae!.Mean)!;
        var beaten = others.Count(r => r.Tau!.Mean > floor.Tau!.Mean);
        var clear = others.Count(r => r.Tau!.Low > floor.Tau!.High);
        return string.Create(CultureInfo.InvariantCulture,
            $"The best floor ranks with tau {floor.Tau!.Mean:F2} ({floor.Predictor}); {beaten} of the {others.Count} other rows "
            + $"rank better, {clear} of them by more than both\n"
            + $"intervals. Highest tau: {best.Predictor}, {best.Tau!.Mean:F2}. "
            + $"Lowest MAE: {closest.Predictor}, {closest.Mae!.Mean:F2} BLEU.\n");
    }

    private static string Costs(TaskResults results, SupernetKinds kinds)
    {
        var text = new StringBuilder(
            "What it took, in processor seconds of one core (wall-clock time of a busy machine would say little):\n\n"
            + "| predictor | training | losses of one architecture | its translations for BLEU | experts x router width | trained on |\n"
            + "|---|---|---|---|---|---|\n");
        foreach (var row in results.Supernets)
        {
            var count = row.ValidLossBits.Count;
            var router = row.Experts is { } experts ? $"{experts} x {row.RouterWidth}" : "-";
            var seconds = FormattableString.Invariant(
                $"{row.TrainCpuSeconds:F0} s | {row.LossCpuSeconds / count:F2} s | {row.BleuCpuSeconds / count:F1} s");
            text.Append($"| {SupernetPredictors.NameOf(row, kinds)} | {seconds} | {router} | {row.Device}, {row.Date} |\n");
        }

        text.Append(CultureInfo.InvariantCulture,
            $"| In-context regression, distilled | {results.DistillationSeconds:F1} s, its labels included | < 0.001 s | - | - | ");
        text.Append("when this page was written |\n");
        return text.ToString();
    }

    private static string Cell(MeasureSummary? m) =>
        m is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{m.Mean:F2} [{m.Low:F2}, {m.High:F2}]");

    private static string Plain(MeasureSummary? m) => m is null ? "-" : m.Mean.ToString("F2", CultureInfo.InvariantCulture);
}
