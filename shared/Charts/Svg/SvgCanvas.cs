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
    private const string Style = """
        <style>
        svg{color-scheme:light dark;font:12px system-ui,sans-serif;--ink:#222;--soft:#777;--grid:#ddd;--back:#fff;--band:#f1f3f8;--c0:#1f6fb4;--c1:#c8501e;--c2:#2b8a4b;--c3:#8250b4;--c4:#a07400;--c5:#5f6b7a;--c6:#b83280;--c7:#0e8a92;--c8:#7a5230;--c9:#4a4ad0;--limit:#c02030}
        @media (prefers-color-scheme:dark){svg{--ink:#e6e6e6;--soft:#a0a0a0;--grid:#3c3f45;--back:#17191d;--band:#22262e;--c0:#6cb4f0;--c1:#f09060;--c2:#6ccb8c;--c3:#be96f0;--c4:#e0b840;--c5:#aab4c0;--c6:#f080c0;--c7:#50d0d8;--c8:#d0a070;--c9:#a0a0ff;--limit:#ff6470}}
        .back{fill:var(--back)}.ink{fill:var(--ink)}.soft{fill:var(--soft)}.band{fill:var(--band)}.axis{stroke:var(--ink);fill:none}.grid{stroke:var(--grid);fill:none}
        .title{fill:var(--ink);font-size:14px;font-weight:600}.limit{stroke:var(--limit);stroke-width:1.5;stroke-dasharray:6 4;fill:none}.limit-text{fill:var(--limit)}
        .l0{stroke:var(--c0)}.l1{stroke:var(--c1)}.l2{stroke:var(--c2)}.l3{stroke:var(--c3)}.l4{stroke:var(--c4)}.l5{stroke:var(--c5)}.l6{stroke:var(--c6)}.l7{stroke:var(--c7)}.l8{stroke:var(--c8)}.l9{stroke:var(--c9)}.line{fill:none;stroke-width:2;stroke-linejoin:round}
        .f0{fill:var(--c0)}.f1{fill:var(--c1)}.f2{fill:var(--c2)}.f3{fill:var(--c3)}.f4{fill:var(--c4)}.f5{fill:var(--c5)}.f6{fill:var(--c6)}.f7{fill:var(--c7)}.f8{fill:var(--c8)}.f9{fill:var(--c9)}.dot{fill-opacity:.75}
        </style>
        """;

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
        _body.Append(CultureInfo.InvariantCulture, $"<line x1=\"{x1:0.##}\" y1=\"{y1:0.##}\" x2=\"{x2:0.##}\" y2=\"{y2:0.##}\" class=\"{style}\"/>\n");

    /// <summary>A line through points.</summary>
    public void Polyline(IEnumerable<(double X, double Y)> points, string style)
    {
        var path = string.Join(' ', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.X:0.##},{p.Y:0.##}")));
        _body.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{path}\" class=\"{style}\"/>\n");
    }

    /// <summary>A filled circle, with a text shown on hovering.</summary>
    public void Circle(double x, double y, double radius, string style, string? tip = null) =>
        _body.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{x:0.##}\" cy=\"{y:0.##}\" r=\"{radius:0.##}\" class=\"{style}\">{Tip(tip)}</circle>\n");

    /// <summary>A filled rectangle, with a text shown on hovering; negative sizes draw nothing.</summary>
    public void Rectangle(double x, double y, double width, double height, string style, string? tip = null) =>
        _body.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x:0.##}\" y=\"{y:0.##}\" width=\"{Math.Max(0, width):0.##}\" height=\"{Math.Max(0, height):0.##}\" class=\"{style}\">{Tip(tip)}</rect>\n");

    /// <summary>One line of text, optionally turned about its anchor.</summary>
    public void Text(double x, double y, string text, string style, TextAnchor anchor = TextAnchor.Start, double degrees = 0)
    {
        var turn = degrees == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" transform=\"rotate({degrees:0.#} {x:0.##} {y:0.##})\"");
        _body.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.##}\" y=\"{y:0.##}\" class=\"{style}\" text-anchor=\"{AnchorName(anchor)}\"{turn}>{Escape(text)}</text>\n");
    }

    /// <summary>The document: a self-contained svg element.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\" role=\"img\" aria-label=\"{Escape(_title)}\">\n{Style.ReplaceLineEndings("\n")}\n{_body}</svg>\n");

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
