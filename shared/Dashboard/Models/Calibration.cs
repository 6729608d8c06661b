using HsNas.Charts;
using HsNas.Contracts.Requests;

namespace HsNas.Dashboard.Models;

/// <summary>Whether architectures that are predicted alike turn out, on the mean, as predicted.</summary>
/// <param name="Svg">Mean trained against mean predicted BLEU, a point a group.</param>
/// <param name="Data">The groups.</param>
/// <param name="Sentence">Slope and mean error in words.</param>
public sealed record Calibration(string Svg, TableData Data, string Sentence)
{
    private const int Groups = 5;
    private const int FewestPoints = 10;

    /// <summary>
    /// The calibration on architectures that the predictor was not shown, in five groups of equal size by prediction; null where there are
    /// fewer than ten.
    /// </summary>
    public static Calibration? Of(PredictorQuality? quality)
    {
        var points = quality?.Points.Where(p => !p.Shown).OrderBy(p => p.Predicted).ThenBy(p => p.Trained).ToList() ?? [];
        if (points.Count < FewestPoints) return null;
        var groups = Enumerable.Range(0, Groups)
            .Select(g => points[(g * points.Count / Groups)..((g + 1) * points.Count / Groups)])
            .Select(g => (g.Count, Predicted: g.Average(p => p.Predicted), Trained: g.Average(p => p.Trained))).ToList();
        var svg = ScatterChart.Render(
            "Calibration of the distilled predictor", "mean predicted BLEU", "mean trained BLEU",
            [new PointGroup("a fifth of the architectures", [.. groups.Select(g => (g.Predicted, g.Trained, (string?)$"{g.Count}"))])],
            diagonal: true);
        var data = new TableData(["Architectures", "Mean predicted", "Mean trained", "Difference"], [.. groups.Select(g =>
            (IReadOnlyList<string>)[$"{g.Count}", Say.Number(g.Predicted, 2), Say.Number(g.Trained, 2),
                Say.Number(g.Trained - g.Predicted, 2)])]);
        return new Calibration(svg, data, Words(points));
    }

    private static string Words(List<PredictedAndTrained> points)
    {
        var (x, y) = (points.Average(p => p.Predicted), points.Average(p => p.Trained));
        var spread = points.Sum(p => (p.Predicted - x) * (p.Predicted - x));
        var slope = spread > 0 ? points.Sum(p => (p.Predicted - x) * (p.Trained - y)) / spread : (double?)null;
        return $"A predicted BLEU more is {Say.Number(slope, 2)} trained BLEU more (1 is right); predictions are on the mean "
            + $"{Say.Number(Math.Abs(y - x), 2)} BLEU too {(y > x ? "low" : "high")}.";
    }
}
