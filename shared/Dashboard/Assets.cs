using System.Collections.Concurrent;
using HsNas.Charts.Svg;

namespace HsNas.Dashboard;

/// <summary>What a page needs besides its markup: one style sheet and one module.</summary>
public static class Assets
{
    private static readonly string[] ModuleParts = ["app.js", "points.js", "forms.js"];
    private static readonly ConcurrentDictionary<string, string> Read = new(StringComparer.Ordinal);

    /// <summary>The style sheet of pages and figures.</summary>
    public static string StyleSheet => Of("app.css") + SvgCanvas.StyleSheet;

    /// <summary>
    /// The module that shows pages, keeps them up to date, and follows the reader's hand: its parts one behind the other, without
    /// comments and indentation.
    /// </summary>
    public static string Module => Read.GetOrAdd(nameof(Module), _ => string.Concat(ModuleParts.Select(Of)
        .SelectMany(part => part.Split('\n').Select(line => line.Trim()))
        .Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal)).Select(line => line + "\n")));

    private static string Of(string name) => Read.GetOrAdd(name, n =>
    {
        using var stream = typeof(Assets).Assembly.GetManifestResourceStream($"HsNas.Dashboard.Assets.{n}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    });
}
