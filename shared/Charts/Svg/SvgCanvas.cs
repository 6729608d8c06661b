using System.Globalization;
using System.Net;
using System.Text;

namespace HsNas.Charts.Svg;

/// <summary>
/// A drawing, in pixels from the top left. Colours come from classes whose values follow the reader's light or dark
/// scheme, so a figure is legible in either; all text is escaped.
/// </summary>
public sealed class SvgCanvas
{
    private static readonly string Style = ReadStyle();

    /// <summary>The rules that drawings are coloured by, for a page that forbids styles inside of it.</summary>
    public static string StyleSheet { get; } = Style.Replace("<style>", "", StringComparison.Ordinal)
        .Replace("</style>", "", StringComparison.Ordinal);

    /// <summary>Number of series colours before they repeat.</summary>
    public const int Colours = 10;

    private readonly StringBuilder _body = new();
    private readonly string _title;

    /// <summary>An empty drawing with a background.</summary>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="title">Drawn at the top, and read out by screen readers.</param>
    public SvgCanvas(int width, int height, string title)
    {
        Width = width;
        Height = height;
        _title = title;
        Rectangle(0, 0, width, height, "back");
        Text(width / 2.0, 20, title, "title", TextAnchor.Middle);
    }

    /// <summary>Pixels.</summary>
    public int Width { get; }

    /// <summary>Pixels.</summary>
    public int Height { get; }

    /// <summary>A straight line.</summary>
    public void Line(double x1, double y1, double x2, double y2, string style) =>
        _body.Append(CultureInfo.InvariantCulture,
            $"<line x1=\"{x1:0.##}\" y1=\"{y1:0.##}\" x2=\"{x2:0.##}\" y2=\"{y2:0.##}\" class=\"{style}\"/>\n");

    /// <summary>A line through points.</summary>
    public void Polyline(IEnumerable<(double X, double Y)> points, string style)
    {
        var path = string.Join(' ', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.X:0.##},{p.Y:0.##}")));
        _body.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{path}\" class=\"{style}\"/>\n");
    }

    /// <summary>A filled circle, with a text shown on hovering.</summary>
    public void Circle(double x, double y, double radius, string style, string? tip = null) =>
        _body.Append(CultureInfo.InvariantCulture,
            $"<circle cx=\"{x:0.##}\" cy=\"{y:0.##}\" r=\"{radius:0.##}\" class=\"{style}\">{Tip(tip)}</circle>\n");

    /// <summary>A filled rectangle, with a text shown on hovering; negative sizes draw nothing.</summary>
    public void Rectangle(double x, double y, double width, double height, string style, string? tip = null) =>
        _body.Append(CultureInfo.InvariantCulture,
            $"<rect x=\"{x:0.##}\" y=\"{y:0.##}\" width=\"{Math.Max(0, width):0.##}\" height=\"{Math.Max(0, height):0.##}\" ")
            .Append(CultureInfo.InvariantCulture, $"class=\"{style}\">{Tip(tip)}</rect>\n");

    /// <summary>One line of text, optionally turned about its anchor.</summary>
    public void Text(double x, double y, string text, string style, TextAnchor anchor = TextAnchor.Start, double degrees = 0)
    {
        var turn = degrees == 0 ? ""
            : string.Create(CultureInfo.InvariantCulture, $" transform=\"rotate({degrees:0.#} {x:0.##} {y:0.##})\"");
        var position = string.Create(CultureInfo.InvariantCulture, $"x=\"{x:0.##}\" y=\"{y:0.##}\"");
        _body.Append($"<text {position} class=\"{style}\" text-anchor=\"{AnchorName(anchor)}\"{turn}>{Escape(text)}</text>\n");
    }

    /// <summary>The document: a self-contained svg element.</summary>
    public override string ToString()
    {
        var size = $"viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\"";
        return $"<svg xmlns=\"http://www.w3.org/2000/svg\" {size} role=\"img\" aria-label=\"{Escape(_title)}\">\n{Style}\n{_body}</svg>\n";
    }

    /// <summary>A drawing without its rules, for a page that has <see cref="StyleSheet"/>.</summary>
    public static string WithoutStyle(string svg)
    {
        ArgumentNullException.ThrowIfNull(svg);
        return svg.Replace(Style + "\n", "", StringComparison.Ordinal);
    }

    private static string ReadStyle()
    {
        using var stream = typeof(SvgCanvas).Assembly.GetManifestResourceStream("HsNas.Charts.Svg.style.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n").TrimEnd();
    }

    private static string Tip(string? tip) => tip is null ? "" : $"<title>{Escape(tip)}</title>";

    // Control characters are not allowed in XML at all, not even escaped.
    private static string Escape(string text) => WebUtility.HtmlEncode(string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)));

    private static string AnchorName(TextAnchor anchor) => anchor switch
    {
        TextAnchor.Middle => "middle",
        TextAnchor.End => "end",
        _ => "start",
    };
}

/// <summary>Which part of a text lies at its position.</summary>
public enum TextAnchor
{
    /// <summary>Its left end.</summary>
    Start,

    /// <summary>Its middle.</summary>
    Middle,

    /// <summary>Its right end.</summary>
    End,
}
