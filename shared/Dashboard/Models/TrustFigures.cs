using HsNas.Charts;
using HsNas.Contracts.Requests;

namespace HsNas.Dashboard.Models;

/// <summary>Whether the distilled predictor of a search deserves trust: figures and the tables behind them.</summary>
public static class TrustFigures
{
    private const int Bins = 5;

    /// <summary>Predicted against trained BLEU of seed architectures (the paper's Figure 2); null where none is known.</summary>
    public static (string Svg, TableData Data)? Trained(PredictorQuality? quality)
    {
        if (quality is not { Points.Count: > 0 }) return null;
        PointGroup Group(string name, bool shown) =>
            new(name, [.. quality.Points.Where(p => p.Shown == shown).Select(p => (p.Trained, p.Predicted, (string?)null))]);
        var svg = ScatterChart.Render("Seed architectures: predicted against trained BLEU", "trained BLEU (validation)", "predicted BLEU",
            [Group("held out", shown: false), Group("demonstrations", shown: true)], diagonal: true);
        return (svg, new TableData(["Trained", "Predicted", "Shown to the model"],
            [.. quality.Points.Select(p => (IReadOnlyList<string>)
                [Say.Number(p.Trained, 2), Say.Number(p.Predicted, 2), p.Shown ? "yes" : "no"])]));
    }

    /// <summary>
    /// Share of held-out pairs that the predictor orders wrongly, by how far apart they truly are (the paper's Figure 4); null where
    /// there are too few.
    /// </summary>
    public static TableData? Discordant(PredictorQuality? quality)
    {
        var points = quality?.Points.Where(p => !p.Shown).ToList() ?? [];
        var pairs = (from i in Enumerable.Range(0, points.Count)
                     from j in Enumerable.Range(i + 1, points.Count - i - 1)
                     let trained = points[i].Trained - points[j].Trained
                     where trained != 0
                     orderby Math.Abs(trained)
                     select (Distance: Math.Abs(trained), Wrong: trained * (points[i].Predicted - points[j].Predicted) <= 0)).ToList();
        if (pairs.Count < Bins) return null;
        return new TableData(["True distance, BLEU", "Pairs", "Ordered wrongly"], [.. pairs.Chunk((pairs.Count + Bins - 1) / Bins)
            .Select(c => (IReadOnlyList<string>)[$"{Say.Number(c[0].Distance, 2)} to {Say.Number(c[^1].Distance, 2)}", Say.Count(c.Length),
                Say.Share(c.Count(p => p.Wrong) / (double)c.Length)])]);
    }
}
