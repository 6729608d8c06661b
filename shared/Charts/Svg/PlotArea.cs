namespace HsNas.Charts.Svg;

/// <summary>A canvas with two axes, grid and labels; maps values to pixels.</summary>
public sealed class PlotArea
{
    private const int Left = 64;
    private const int Top = 34;
    private const int Bottom = 46;

    private readonly int _right;

    /// <summary>Draws axes and grid.</summary>
    /// <param name="title">Title of the figure.</param>
    /// <param name="x">Horizontal axis.</param>
    /// <param name="y">Vertical axis.</param>
    /// <param name="legend">Names of the series, in the order of their colours; empty for no legend.</param>
    /// <param name="drawXTicks">False where the caller labels the horizontal axis itself.</param>
    public PlotArea(string title, Axis x, Axis y, IReadOnlyList<string> legend, bool drawXTicks = true)
    {
        var legendWidth = legend.Count == 0 ? 0 : 24 + (legend.Max(l => l.Length) * 7);
        _right = 18 + legendWidth;
        Canvas = new SvgCanvas(640 + legendWidth, 380, title);
        X = x;
        Y = y;
        DrawAxes(drawXTicks);
        for (var i = 0; i < legend.Count; i++)
        {
            var row = Top + 8 + (i * 18);
            Canvas.Rectangle(Canvas.Width - legendWidth - 6, row - 8, 10, 10, Fill(i));
            Canvas.Text(Canvas.Width - legendWidth + 8, row + 1, legend[i], "ink");
        }
    }

    /// <summary>The drawing.</summary>
    public SvgCanvas Canvas { get; }

    /// <summary>Horizontal axis.</summary>
    public Axis X { get; }

    /// <summary>Vertical axis.</summary>
    public Axis Y { get; }

    /// <summary>Pixel row of the horizontal axis.</summary>
    public double Floor => Canvas.Height - Bottom;

    /// <summary>Class of the fill of series <paramref name="index"/>.</summary>
    public static string Fill(int index) => $"f{index % SvgCanvas.Colours}";

    /// <summary>Class of the line of series <paramref name="index"/>.</summary>
    public static string Line(int index) => $"line l{index % SvgCanvas.Colours}";

    /// <summary>Pixel column of a value.</summary>
    public double PixelX(double value) => Left + (X.Fraction(value) * (Canvas.Width - Left - _right));

    /// <summary>Pixel row of a value.</summary>
    public double PixelY(double value) => Floor - (Y.Fraction(value) * (Floor - Top));

    /// <summary>Shades the columns between two values and names them.</summary>
    public void Band(double from, double to, string label)
    {
        Canvas.Rectangle(PixelX(from), Top, PixelX(to) - PixelX(from), Floor - Top, "band");
        Canvas.Text((PixelX(from) + PixelX(to)) / 2, Top + 14, label, "soft", TextAnchor.Middle);
    }

    /// <summary>A dashed line at a value of the vertical axis, with a text above it.</summary>
    public void Limit(double value, string label)
    {
        Canvas.Line(Left, PixelY(value), Canvas.Width - _right, PixelY(value), "limit");
        Canvas.Text(Canvas.Width - _right - 4, PixelY(value) - 4, label, "limit-text", TextAnchor.End);
    }

    /// <summary>Draws the axes again, over bands and bars.</summary>
    public void Frame()
    {
        Canvas.Line(Left, Top, Left, Floor, "axis");
        Canvas.Line(Left, Floor, Canvas.Width - _right, Floor, "axis");
    }

    private void DrawAxes(bool drawXTicks)
    {
        foreach (var tick in Y.Ticks)
        {
            Canvas.Line(Left, PixelY(tick), Canvas.Width - _right, PixelY(tick), "grid");
            Canvas.Text(Left - 6, PixelY(tick) + 4, Y.Format(tick), "soft", TextAnchor.End);
        }

        foreach (var tick in drawXTicks ? X.Ticks : [])
        {
            Canvas.Line(PixelX(tick), Floor, PixelX(tick), Floor + 4, "axis");
            Canvas.Text(PixelX(tick), Floor + 17, X.Format(tick), "soft", TextAnchor.Middle);
        }

        Canvas.Text((Left + Canvas.Width - _right) / 2.0, Canvas.Height - 10, X.Label, "ink", TextAnchor.Middle);
        Canvas.Text(16, (Top + Floor) / 2, Y.Label, "ink", TextAnchor.Middle, -90);
        Frame();
    }
}
