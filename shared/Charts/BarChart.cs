using System.Globalization;
using HsNas.Charts.Svg;

namespace HsNas.Charts;

/// <summary>One bar.</summary>
/// <param name="Name">Below the bar.</param>
/// <param name="Value">Its height, not negative.</param>
public sealed record Bar(string Name, double Value);

/// <summary>Bars from zero, with an optional limit drawn across them: measured latencies against the limit of a search.</summary>
public static class BarChart
{
    // More value labels than this run into each other; the tips of the bars still hold the values.
    private const int MostLabels = 12;

    /// <summary>A self-contained svg.</summary>
    /// <param name="title">Title.</param>
    /// <param name="yLabel">What the bars measure.</param>
    /// <param name="bars">From left to right.</param>
    /// <param name="limit">Drawn as a dashed line; bars above it take the limit's warning colour. Null for none.</param>
    public static string Render(string title, string yLabel, IReadOnlyList<Bar> bars, double? limit = null)
    {
        var values = bars.Select(b => b.Value).Concat(limit is { } l ? [l] : []);
        var plot = new PlotArea(title, Axis.Covering("", [0, Math.Max(1, bars.Count)]), Axis.Covering(yLabel, values, fromZero: true), [],
            drawXTicks: false);
        var room = (plot.PixelX(plot.X.High) - plot.PixelX(plot.X.Low)) / Math.Max(1, bars.Count);
        for (var i = 0; i < bars.Count; i++)
        {
            var left = plot.PixelX(plot.X.Low) + (i * room);
            var top = plot.PixelY(bars[i].Value);
            var text = bars[i].Value.ToString("0.##", CultureInfo.InvariantCulture);
            plot.Canvas.Rectangle(left + (room * 0.15), top, room * 0.7, plot.Floor - top, PlotArea.Fill(bars[i].Value > limit ? 1 : 0),
                $"{bars[i].Name}: {text}");
            if (bars.Count <= MostLabels) plot.Canvas.Text(left + (room / 2), top - 4, text, "ink", TextAnchor.Middle);
            plot.Canvas.Text(left + (room / 2), plot.Floor + 17, bars[i].Name, "soft", TextAnchor.Middle);
        }

        if (limit is { } value)
        {
            plot.Limit(value, $"limit {value.ToString("0.##", CultureInfo.InvariantCulture)}");
        }

        return plot.Canvas.ToString();
    }
}
