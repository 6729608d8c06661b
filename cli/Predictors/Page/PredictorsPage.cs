using System.Text;
using static HsNas.Cli.Predictors.Page.PageCells;

namespace HsNas.Cli.Predictors.Page;

/// <summary>The page <c>docs/predictors.md</c>: every figure was computed by the command that wrote it.</summary>
internal static class PredictorsPage
{
    /// <summary>The page.</summary>
    public static string Render(IReadOnlyList<TaskPredictors> tasks) =>
        PageText.Of("introduction", ("provenance", Provenance(tasks[0].Session))) + string.Concat(tasks.Select(Section));

    /// <summary>Which numbers come from what.</summary>
    public static string Provenance(LanguageModelSession session) =>
        session.IsRegression ? PageText.Of("provenance-regression") : PageText.Of("provenance-model", ("model", session.Model));

    private static string Section(TaskPredictors task)
    {
        var text = new StringBuilder($"\n## {task.Task.Name}\n\n{task.Source}\n\n").Append(Scorecard(task)).Append('\n');
        text.Append(FloorComparison.Of(task)).Append('\n').Append(StackWeights.Of(task));
        if (task.Divisions is { } divisions) text.Append('\n').Append(FloorComparison.OfDivisions(divisions, task.Data));
        text.Append("\n### Prompt ablation\n\n").Append(AblationTable.Of(task.Ablation, task.Session));
        return text.Append('\n').Append(DesignTable.Of(task)).ToString();
    }

    private static string Scorecard(TaskPredictors task)
    {
        var text = new StringBuilder("### Scorecard\n\n| predictor | MAE | tau | decision tau | regret | bias | extrapolated |\n");
        text.Append("|---|---|---|---|---|---|---|\n");
        string? group = null;
        foreach (var row in task.Report.Scorecard.Rows)
        {
            if (row.Group != group) text.Append($"| *{group = row.Group}* | | | | | | |\n");
            text.Append(Row(
                row.Predictor, Interval(row.Mae), Interval(row.Tau), Interval(row.DecisionTau), Mean(row.Regret), Mean(row.Bias),
                Invariant($"{row.Extrapolated:P0}")));
        }

        return text.ToString();
    }
}
