using System.Text;
using HsNas.Evaluation.Scoring;
using HsNas.Evaluation.TfsEval;
using static HsNas.Cli.Predictors.Page.PageCells;

namespace HsNas.Cli.Predictors.Page;

/// <summary>Predictors compared with the floors, on the same resamples.</summary>
internal static class FloorComparison
{
    /// <summary>Over the splits of a task.</summary>
    public static string Of(TaskPredictors task)
    {
        var text = new StringBuilder(PageText.Of("floors-introduction"));
        var floors = task.Report.Outcomes.Where(FloorRows.IsFloor).ToList();
        foreach (var name in task.Rows.Rows.Select(r => r.Name))
        {
            var outcome = task.Report.Outcomes.Single(o => o.Predictor == name);
            foreach (var floor in floors) text.Append(Line(PairedComparison.Of(outcome, floor)));
        }

        return text.Append(PageText.Of("floors-verdicts")).ToString();
    }

    /// <summary>Over random divisions.</summary>
    public static string OfDivisions(RandomDivisions divisions, TfsEvalSet data)
    {
        var (shown, all) = (data.Splits[0].Demonstrations.Count, data.Records.Count);
        var text = new StringBuilder(PageText.Of(
            "divisions-introduction", ("divisions", RandomDivisions.Count), ("shown", shown), ("tests", all - shown), ("all", all)));
        text.Append("| predictor | MAE | tau | decision tau |\n|---|---|---|---|\n");
        foreach (var row in divisions.Scorecard.Rows)
            text.Append(Row(row.Predictor, Interval(row.Mae), Interval(row.Tau), Interval(row.DecisionTau)));
        text.Append("\n| predictor | minus | MAE | tau | verdict |\n|---|---|---|---|---|\n");
        foreach (var gap in divisions.Gaps) text.Append(Line(gap));
        return text.ToString();
    }

    /// <summary>What a comparison shows, in words; "-" where a measure is undefined.</summary>
    internal static string Verdict(PairedComparison gap) => (gap.Mae, gap.Tau) is not ({ } mae, { } tau) ? "-"
        : mae.High < 0 && tau.Low > 0 ? "better in both"
        : $"MAE {Judge(mae.Mean, mae.Low)}, tau {Judge(-tau.Mean, -tau.High)}";

    private static string Line(PairedComparison gap) =>
        Row(gap.Predictor, gap.Baseline, Difference(gap.Mae), Difference(gap.Tau), Verdict(gap));

    // The signs of both are such that above 0 is worse.
    private static string Judge(double mean, double low) => Math.Round(mean, 3) <= 0 ? "no worse" : low <= 0 ? "within chance" : "worse";
}
