using System.Text;
using static HsNas.Cli.Predictors.Page.PageCells;

namespace HsNas.Cli.Predictors.Page;

/// <summary>Seed architectures chosen by design, beside random choices.</summary>
internal static class DesignTable
{
    /// <summary>The table and what it recommends.</summary>
    public static string Of(TaskPredictors task)
    {
        var rows = task.Designs;
        var text = new StringBuilder(PageText.Of(
            "designs-introduction", ("shown", SeedDesignTrial.Demonstrations), ("all", task.Data.Records.Count),
            ("draws", Invariant($"{SeedDesignTrial.Draws:N0}"))));
        foreach (var row in rows)
        {
            text.Append(Row(
                row.Predictor, Invariant($"{row.Design.Mae:F3}, {row.Design.Tau:F3}"), Invariant($"{row.RandomMae:F3}, {row.RandomTau:F3}"),
                Invariant($"{row.MaeBeaten:P0}"), Invariant($"{row.TauBeaten:P0}")));
        }

        var (mae, tau) = (rows.Count(r => r.Design.Mae < r.RandomMae), rows.Count(r => r.Design.Tau > r.RandomTau));
        var advice = mae + tau <= rows.Count ? " That recommends nothing: random choices do as well here." : "";
        return text.Append(PageText.Of("designs-outcome", ("mae", mae), ("rows", rows.Count), ("tau", tau), ("advice", advice))).ToString();
    }
}
