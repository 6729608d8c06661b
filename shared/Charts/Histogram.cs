using HsNas.Charts.Svg;

namespace HsNas.Charts;

/// <summary>How often values fall into equal bins from zero: the paper's Figure 4 for the gaps of discordant pairs.</summary>
public static class Histogram
{
    /// <summary>A self-contained svg.</summary>
    /// <param name="title">Title.</param>
    /// <param name="xLabel">What the values measure.</param>
    /// <param name="series">Name and values, not negative; bars of several series stand side by side in each bin.</param>
    /// <param name="binWidth">Width of a bin, above 0.</param>
    public static string Render(string title, string xLabel, IReadOnlyList<(string Name, IReadOnlyList<double> Values)> series,
        double binWidth)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(binWidth);
        var counts = series.Select(s => Count(s.Values, binWidth)).ToList();
        var bins = counts.Select(c => c.Length).Append(1).Max(); // Where there is nothing to show the axes say so.
        var plot = new PlotArea(
            title,
            Axis.Covering(xLabel, [0, bins * binWidth]),
            Axis.Covering("count", counts.SelectMany(c => c.Select(n => (double)n)), fromZero: true),
            series.Count > 1 ? [.. series.Select(s => s.Name)] : []);
        for (var s = 0; s < series.Count; s++)
        {
            for (var bin = 0; bin < counts[s].Length; bin++)
            {
                var width = (plot.PixelX(binWidth) - plot.PixelX(0)) * 0.9 / series.Count;
                var top = plot.PixelY(counts[s][bin]);
                plot.Canvas.Rectangle(plot.PixelX(bin * binWidth) + (s * width), top, width, plot.Floor - top, PlotArea.Fill(s),
                    $"{series[s].Name}: {counts[s][bin]}");
            }
        }

        return plot.Canvas.ToString();
    }

    /// <summary>Occurrences per bin [i w, (i + 1) w), up to the last bin that holds a value.</summary>
    public static int[] Count(IReadOnlyList<double> values, double binWidth)
    {
        // A value meant to lie on an edge may fall short of it by rounding, 0.3 / 0.1 for example.
        var indices = values.Select(v => (int)Math.Floor((v / binWidth) + 1e-9)).ToList();
        var counts = new int[indices.Count == 0 ? 0 : indices.Max() + 1];
        indices.ForEach(i => counts[i]++);
        return counts;
    }
}
