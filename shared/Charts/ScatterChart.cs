using HsNas.Charts.Svg;

namespace HsNas.Charts;

/// <summary>One group of points of the same colour.</summary>
/// <param name="Name">Shown in the legend.</param>
/// <param name="Points">Values, and a text shown on hovering, or null.</param>
public sealed record PointGroup(string Name, IReadOnlyList<(double X, double Y, string? Tip)> Points);

/// <summary>Points; predicted against measured where the diagonal is drawn (the paper's Figure 2).</summary>
public static class ScatterChart
{
    /// <summary>A self-contained svg. With a diagonal both axes share one range, so that it means equality.</summary>
    public static string Render(string title, string xLabel, string yLabel, IReadOnlyList<PointGroup> groups, bool diagonal)
    {
        var points = groups.SelectMany(g => g.Points).ToList();
        var xs = points.Select(p => p.X);
        var ys = points.Select(p => p.Y);
        var both = xs.Concat(ys).ToList();
        var plot = new PlotArea(
            title,
            Axis.Covering(xLabel, diagonal ? both : xs),
            Axis.Covering(yLabel, diagonal ? both : ys),
            groups.Count > 1 ? [.. groups.Select(g => g.Name)] : []);
        if (diagonal)
        {
            plot.Canvas.Line(plot.PixelX(plot.X.Low), plot.PixelY(plot.Y.Low), plot.PixelX(plot.X.High), plot.PixelY(plot.Y.High), "grid");
        }

        for (var i = 0; i < groups.Count; i++)
        {
            foreach (var (x, y, tip) in groups[i].Points)
            {
                plot.Canvas.Circle(plot.PixelX(x), plot.PixelY(y), 4, $"dot {PlotArea.Fill(i)}", tip);
            }
        }

        return plot.Canvas.ToString();
    }
}
