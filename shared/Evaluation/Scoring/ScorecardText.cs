using System.Globalization;
using System.Text;

namespace HsNas.Evaluation.Scoring;

/// <summary>A scorecard as a table of plain text.</summary>
public static class ScorecardText
{
    /// <summary>One line per predictor, means with their 90 % intervals; "-" where a measure is undefined.</summary>
    public static string Render(Scorecard card)
    {
        string[] header = ["predictor", "MAE [90 %]", "tau [90 %]", "decision tau", "regret@1", $"top-{card.TopK}", "bias"];
        var rows = card.Rows.Select(r => (r.Group, Cells: (string[])
        [
            r.Predictor + (r.Extrapolated > 0 ? FormattableString.Invariant($" ({r.Extrapolated:P0} extrapolated)") : ""),
            WithInterval(r.Mae), WithInterval(r.Tau), WithInterval(r.DecisionTau), Plain(r.Regret), Plain(r.TopKRecall), Signed(r.Bias),
        ])).ToList();
        var widths = Enumerable.Range(0, header.Length).Select(c => Math.Max(header[c].Length, rows.Max(r => r.Cells[c].Length))).ToArray();
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"{card.Task}: validation BLEU after training from scratch; splits {string.Join(", ", card.Seeds)}\n\n");
        AppendLine(header);
        string? group = null;
        foreach (var row in rows)
        {
            if (row.Group != group)
            {
                group = row.Group;
                text.Append(CultureInfo.InvariantCulture, $"-- {group}\n");
            }

            AppendLine(row.Cells);
        }

        return text.ToString();

        void AppendLine(string[] cells) =>
            text.AppendJoin("  ", cells.Select((c, i) => i == 0 ? c.PadRight(widths[i]) : c.PadLeft(widths[i]))).Append('\n');
    }

    private static string WithInterval(MeasureSummary? m) =>
        m is null ? "-" : FormattableString.Invariant($"{m.Mean:F3} [{m.Low:F2}, {m.High:F2}]");

    private static string Plain(MeasureSummary? m) => m is null ? "-" : m.Mean.ToString("F3", CultureInfo.InvariantCulture);

    private static string Signed(MeasureSummary? m) =>
        m is null ? "-" : m.Mean.ToString("+0.000;-0.000;0.000", CultureInfo.InvariantCulture);
}
