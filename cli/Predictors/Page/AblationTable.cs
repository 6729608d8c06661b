using System.Text;
using static HsNas.Cli.Predictors.Page.PageCells;

namespace HsNas.Cli.Predictors.Page;

/// <summary>The table of the prompt ablation.</summary>
internal static class AblationTable
{
    /// <summary>The table and what it can show.</summary>
    public static string Of(IReadOnlyList<AblationRow> rows, LanguageModelSession session)
    {
        var text =
            new StringBuilder(
            "| prompt | characters | MAE | tau | decision tau | answers unlike the full prompt's |\n|---|---|---|---|---|---|\n");
        foreach (var row in rows)
        {
            text.Append(Row(
                row.Name, Invariant($"{row.Characters:N0}"), Interval(row.Row.Mae), Interval(row.Row.Tau), Interval(row.Row.DecisionTau),
                Invariant($"{row.DiffersFromFull:P0}")));
        }

        text.Append(PageText.Of(session.Pairs.Count > 0 ? "ablation-pairs" : "ablation-no-pairs"));
        if (session.IsRegression) text.Append(PageText.Of("ablation-regression"));
        return text.ToString();
    }
}
