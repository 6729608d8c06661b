using System.Text;
using static HsNas.Cli.Predictors.Page.PageCells;

namespace HsNas.Cli.Predictors.Page;

/// <summary>What stacking chose, and how much answers spread.</summary>
internal static class StackWeights
{
    /// <summary>The table of weights, and a sentence for each model's spread.</summary>
    public static string Of(TaskPredictors task)
    {
        var text = new StringBuilder("Weights chosen on the demonstrations of each split:\n\n| stack | split | weights |\n|---|---|---|\n");
        foreach (var (predictor, split, weights) in task.Rows.Weights)
        {
            var used = weights.Where(w => w.Weight > 0).Select(w => Invariant($"{w.Member} {w.Weight:F1}"));
            text.Append(Row(predictor, split, string.Join(", ", used)));
        }

        var session = task.Session;
        foreach (var (predictor, spread) in task.Rows.Spreads)
        {
            text.Append(PageText.Of(
                "spread", ("predictor", predictor), ("orders", session.Orders), ("samples", session.Samples),
                    ("spread", Invariant($"{spread:F4}"))));
        }

        if (task.Rows.Spreads.Count > 0) text.Append(session.IsRegression ? PageText.Of("spread-regression") : "\n");
        return text.ToString();
    }
}
