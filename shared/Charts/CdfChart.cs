using HsNas.Charts.Svg;

namespace HsNas.Charts;

/// <summary>Which share of the values is at most x: the paper's Figure 5 for the gaps of discordant pairs.</summary>
public static class CdfChart
{
    /// <summary>A self-contained svg with one stepped line per series; a series without values is only named.</summary>
    public static string Render(string title, string xLabel, IReadOnlyList<(string Name, IReadOnlyList<double> Values)> series)
    {
        var plot = new PlotArea(
            title,
            Axis.Covering(xLabel, series.SelectMany(s => s.Values).Append(0)),
            Axis.Covering("share of values", [0, 1]),
            series.Count > 1 ? [.. series.Select(s => s.Name)] : []);
        for (var i = 0; i < series.Count; i++)
        {
            plot.Canvas.Polyline(Steps(series[i].Values, plot.X).Select(p => (plot.PixelX(p.X), plot.PixelY(p.Y))), PlotArea.Line(i));
        }

        return plot.Canvas.ToString();
    }

    private static IEnumerable<(double X, double Y)> Steps(IReadOnlyList<double> values, Axis axis)
    {
        if (values.Count == 0)
        {
            yield break;
        }

        yield return (axis.Low, 0);
        var share = 0.0;
        foreach (var value in values.Order())
        {
            yield return (value, share);
            share += 1.0 / values.Count;
            yield return (value, share);
        }

        yield return (axis.High, 1);
    }
}
