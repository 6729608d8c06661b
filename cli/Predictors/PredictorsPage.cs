using System.Globalization;
using System.Text;
using HsNas.Evaluation.Scoring;
using HsNas.Evaluation.TfsEval;
using HsNas.Spaces;

namespace HsNas.Cli.Predictors;

/// <summary>What a task's section of the page is made of.</summary>
/// <param name="Task">The task.</param>
/// <param name="Source">Where the trained BLEU comes from, in words.</param>
/// <param name="Data">The trained architectures.</param>
/// <param name="Report">All predictors scored.</param>
/// <param name="Rows">What was built on floors and on the model.</param>
/// <param name="Ablation">The prompts compared.</param>
/// <param name="Designs">Seed design against chance.</param>
/// <param name="Divisions">The same predictors over random divisions; null where a model that costs money answers.</param>
/// <param name="Session">Who answered the ablation's prompts.</param>
internal sealed record TaskPredictors(
    TaskDefinition Task, string Source, TfsEvalSet Data, PredictorScoreReport Report, LanguageModelRows Rows,
    IReadOnlyList<AblationRow> Ablation, IReadOnlyList<DesignRow> Designs, RandomDivisions? Divisions, LanguageModelSession Session);

/// <summary>The page <c>docs/predictors.md</c>: every figure was computed by the command that wrote it.</summary>
internal static class PredictorsPage
{
    /// <summary>The page.</summary>
    public static string Render(IReadOnlyList<TaskPredictors> tasks) => "# Predictors\n\nWritten by `./hsnas predictors report`; do not edit.\n\n"
        + Provenance(tasks[0].Session)
        + "\nMAE in BLEU; tau is Kendall's tau-b; decision tau only compares architectures of equal decoder depth. In brackets 90 % bootstrap\n"
        + "intervals over splits and test architectures. Weights, models and features are chosen by leave-one-out on the demonstrations, or\n"
        + "not at all (\"half each\", the ridge on five numbers); no choice looks at a test label.\n"
        + string.Concat(tasks.Select(Section));

    /// <summary>Which numbers come from what.</summary>
    public static string Provenance(LanguageModelSession session) => session.IsRegression
        ? "**No language model was asked for this page.** Every row with \"LLM-PP\" in its name was answered over HTTP by the local endpoint,\n"
            + "which reads the demonstrations out of the prompt and fits a regression to them: `in-context-regression` chooses features and model\n"
            + "by leave-one-out, `in-context-ridge` (\"ridge\") chooses nothing and fits widths, log depth and feed-forward sums. These rows show\n"
            + "that the machinery works and what a regression is worth; what GPT-4 or any other language model would say in its place needs a real\n"
            + "deployment: `./hsnas predictors report --endpoint https://HOST/v1 --model NAME` with the key in `Llm__ApiKey`. All other rows\n"
            + "(floors, stacked floors, in-context regressions, their distilled student, supernets) never involve a language model.\n"
            + "The ridge's five numbers were recommended by a study of the published data sets, wmt14-en-de among them, which had tried\n"
            + "twelve sets: there its figures may flatter it. The tiny tasks had no part in that.\n"
        : $"Rows with \"LLM-PP\" in their name were answered by {session.Model} at the time of writing. All other rows (floors, stacked floors,\nin-context regressions, their distilled student, supernets) come from regression and supernets and never involve a language model.\n";

    /// <summary>The ablation table.</summary>
    public static string Ablation(IReadOnlyList<AblationRow> rows, LanguageModelSession session)
    {
        var text = new StringBuilder("| prompt | characters | MAE | tau | decision tau | answers unlike the full prompt's |\n|---|---|---|---|---|---|\n");
        foreach (var row in rows)
            text.Append(CultureInfo.InvariantCulture, $"| {row.Name} | {row.Characters:N0} | {Cell(row.Row.Mae)} | {Cell(row.Row.Tau)} | {Cell(row.Row.DecisionTau)} | {row.DiffersFromFull:P0} |\n");
        text.Append(session.Pairs.Count > 0 ? "\nThe second instruction shows pairs of the validation text.\n"
            : "\nThe task has no data set here, nor were sentence pairs supplied (`--source`, `--target`): the second instruction is left out and its row\nasks the same as the first.\n");
        if (session.IsRegression) text.Append("\nA regression skips all prose: these rows can only differ where reading the demonstrations differs. They test the prompts' form, not\ntheir wording; the paper's ablation says something about a language model and needs one.\n");
        return text.ToString();
    }

    /// <summary>The floors that others are compared with; a constant has no ranks.</summary>
    public static bool IsFloor(PredictorOutcome outcome) => outcome.Group == "Floor" && !outcome.Predictor.StartsWith("Constant", StringComparison.Ordinal);

    private static string Section(TaskPredictors task)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"\n## {task.Task.Name}\n\n{task.Source}\n\n### Scorecard\n\n");
        text.Append("| predictor | MAE | tau | decision tau | regret | bias | extrapolated |\n|---|---|---|---|---|---|---|\n");
        string? group = null;
        foreach (var row in task.Report.Scorecard.Rows)
        {
            if (row.Group != group) text.Append(CultureInfo.InvariantCulture, $"| *{group = row.Group}* | | | | | | |\n");
            text.Append(CultureInfo.InvariantCulture, $"| {row.Predictor} | {Cell(row.Mae)} | {Cell(row.Tau)} | {Cell(row.DecisionTau)} | {Plain(row.Regret)} | {Plain(row.Bias)} | {row.Extrapolated:P0} |\n");
        }

        text.Append('\n').Append(Stacks(task)).Append('\n').Append(Weights(task));
        if (task.Divisions is { } divisions) text.Append('\n').Append(Divisions(divisions, task.Data));
        text.Append("\n### Prompt ablation\n\n").Append(Ablation(task.Ablation, task.Session));
        return text.Append('\n').Append(Designs(task)).ToString();
    }

    private static string Stacks(TaskPredictors task)
    {
        var text = new StringBuilder("### Against the floors\n\nDifferences on the same resamples; below 0 in MAE and above 0 in tau is better.\n\n| predictor | minus | MAE | tau | verdict |\n|---|---|---|---|---|\n");
        var floors = task.Report.Outcomes.Where(IsFloor).ToList();
        foreach (var name in task.Rows.Rows.Select(r => r.Name))
            foreach (var floor in floors)
                text.Append(Line(PairedComparison.Of(task.Report.Outcomes.Single(o => o.Predictor == name), floor)));

        return text.Append("\n\"No worse\" is said of means that are not worse; \"within chance\" where a mean is worse and the interval holds 0; \"worse\" where it does not.\n"
            + "The depth floor says nothing about architectures of equal depth: it predicts ties there, and tau-b takes no offence at ties. Whoever\n"
            + "tells them apart gains decision tau and risks tau.\n").ToString();
    }

    private static string Line(PairedComparison gap) =>
        string.Create(CultureInfo.InvariantCulture, $"| {gap.Predictor} | {gap.Baseline} | {Signed(gap.Mae)} | {Signed(gap.Tau)} | {Verdict(gap)} |\n");

    private static string Divisions(RandomDivisions divisions, TfsEvalSet data)
    {
        var shown = data.Splits[0].Demonstrations.Count;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"### {RandomDivisions.Count} random divisions\n\nThe same architectures divided at random into {shown} demonstrations and {data.Records.Count - shown} tests: three splits are few enough for luck. All divisions\nshare the {data.Records.Count} architectures, so the intervals say what other divisions would give, not what other architectures would.\n\n");
        text.Append("| predictor | MAE | tau | decision tau |\n|---|---|---|---|\n");
        foreach (var row in divisions.Scorecard.Rows)
            text.Append(CultureInfo.InvariantCulture, $"| {row.Predictor} | {Cell(row.Mae)} | {Cell(row.Tau)} | {Cell(row.DecisionTau)} |\n");
        text.Append("\n| predictor | minus | MAE | tau | verdict |\n|---|---|---|---|---|\n");
        foreach (var gap in divisions.Gaps) text.Append(Line(gap));
        return text.ToString();
    }

    /// <summary>What a comparison shows, in words; "-" where a measure is undefined.</summary>
    internal static string Verdict(PairedComparison gap) => (gap.Mae, gap.Tau) is not ({ } mae, { } tau) ? "-"
        : mae.High < 0 && tau.Low > 0 ? "better in both"
        : $"MAE {Judge(mae.Mean, mae.Low)}, tau {Judge(-tau.Mean, -tau.High)}";

    // Both turned so that above 0 is worse.
    private static string Judge(double mean, double low) => Math.Round(mean, 3) <= 0 ? "no worse" : low <= 0 ? "within chance" : "worse";

    private static string Weights(TaskPredictors task)
    {
        var text = new StringBuilder("Weights chosen on the demonstrations of each split:\n\n| stack | split | weights |\n|---|---|---|\n");
        foreach (var (predictor, split, weights) in task.Rows.Weights)
            text.Append(CultureInfo.InvariantCulture, $"| {predictor} | {split} | {string.Join(", ", weights.Where(w => w.Weight > 0).Select(w => string.Create(CultureInfo.InvariantCulture, $"{w.Member} {w.Weight:F1}")))} |\n");
        foreach (var (predictor, spread) in task.Rows.Spreads)
            text.Append(CultureInfo.InvariantCulture, $"\nMean spread of {predictor} over {task.Session.Orders} orders of the demonstrations, samples of each: {task.Session.Samples}; it is {spread:F4} BLEU.");
        if (task.Rows.Spreads.Count > 0) text.Append(task.Session.IsRegression ? "\nA regression does not care for order, and answers the same every time; a language model does neither.\n" : "\n");
        return text.ToString();
    }

    private static string Designs(TaskPredictors task)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"### Seed architectures by design\n\n{SeedDesignTrial.Demonstrations} of the {task.Data.Records.Count} trained architectures chosen by `seeds design`'s rule (maximin distance of features), tested on the others, against\n{SeedDesignTrial.Draws:N0} random choices. One design is one outcome: it has no interval, only a place among the random ones. Choosing among trained\narchitectures understates a design, which would choose from the whole space; and what it leaves over is less extreme to predict.\n\n");
        text.Append("| predictor | design: MAE, tau | random: mean MAE, tau | random choices with higher MAE | with lower tau |\n|---|---|---|---|---|\n");
        foreach (var row in task.Designs)
            text.Append(CultureInfo.InvariantCulture, $"| {row.Predictor} | {row.Design.Mae:F3}, {row.Design.Tau:F3} | {row.RandomMae:F3}, {row.RandomTau:F3} | {row.MaeBeaten:P0} | {row.TauBeaten:P0} |\n");
        var (mae, tau) = (task.Designs.Count(r => r.Design.Mae < r.RandomMae), task.Designs.Count(r => r.Design.Tau > r.RandomTau));
        text.Append(CultureInfo.InvariantCulture, $"\nThe design beat the mean of random choices in MAE in {mae} of {task.Designs.Count} rows, in tau in {tau}.{(mae + tau <= task.Designs.Count ? " That recommends nothing: random choices do as well here." : "")}\n");
        return text.ToString();
    }

    private static string Cell(MeasureSummary? m) => m is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{m.Mean:F3} [{m.Low:F2}, {m.High:F2}]");

    private static string Signed(MeasureSummary? m) => m is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{m.Mean:+0.000;-0.000;0.000} [{m.Low:+0.00;-0.00;0.00}, {m.High:+0.00;-0.00;0.00}]");

    private static string Plain(MeasureSummary? m) => m is null ? "-" : m.Mean.ToString("F3", CultureInfo.InvariantCulture);
}
