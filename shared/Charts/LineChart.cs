using HsNas.Charts.Svg;

namespace HsNas.Charts;

/// <summary>One line: points from left to right.</summary>
/// <param name="Name">Shown in the legend.</param>
/// <param name="Points">Finite values.</param>
public sealed record Series(string Name, IReadOnlyList<(double X, double Y)> Points);

/// <summary>A stretch of the horizontal axis with a name, for example "distilled".</summary>
/// <param name="Name">Shown at the top.</param>
/// <param name="From">First value.</param>
/// <param name="To">Last value.</param>
public sealed record Phase(string Name, double From, double To);

/// <summary>Lines over a common axis, with shaded phases behind them: the progress of a search.</summary>
public static class LineChart
{
    /// <summary>A self-contained svg.</summary>
    public static string Render(string title, string xLabel, string yLabel, IReadOnlyList<Series> series,
        IReadOnlyList<Phase>? phases = null)
    {
        var plot = new PlotArea(
            title,
            Axis.Covering(xLabel, series.SelectMany(s => s.Points).Select(p => p.X)),
            Axis.Covering(yLabel, series.SelectMany(s => s.Points).Select(p => p.Y)),
            series.Count > 1 ? [.. series.Select(s => s.Name)] : []);
        foreach (var phase in phases ?? [])
        {
            plot.Band(Math.Max(phase.From, plot.X.Low), Math.Min(phase.To, plot.X.High), phase.Name);
        }

        for (var i = 0; i < series.Count; i++)
        {
            plot.Canvas.Polyline(series[i].Points.Select(p => (plot.PixelX(p.X), plot.PixelY(p.Y))), PlotArea.Line(i));
        }

        plot.Frame();
        return plot.Canvas.ToString();
    }
}
