using System.Globalization;
using System.Net;
using System.Text;
using HsNas.Charts;
using HsNas.Contracts.Sweeps;

namespace HsNas.Reporting.Sweeps;

/// <summary>The table of a sweep as a self-contained page with a server-made figure.</summary>
public static class SweepPage
{
    private const string CellStyle = "td, th { padding: .25rem .75rem .25rem 0; text-align: left; vertical-align: top; }";

    /// <summary>The whole page.</summary>
    public static string Render(SweepTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var page = new StringBuilder();
        var title = Encode(table.Name ?? $"Sweep {table.Sweep}");
        page.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
            <title>HsNas: {title}</title>
            <style>
            :root {"{"} color-scheme: light dark; {"}"}
            body {"{"} font: 16px/1.5 system-ui, sans-serif; max-width: 90rem; margin: 2rem auto; padding: 0 1rem; {"}"}
            table {"{"} border-collapse: collapse; {"}"} {CellStyle}
            svg {"{"} max-width: 100%; height: auto; {"}"} .figures {"{"} overflow-x: auto; {"}"}
            </style></head><body>
            <h1>{title}</h1>
            <p>{Encode(Summary(table))}</p>
            <div class="figures"><table><tr>{Row("th", SweepCells.Titles(table))}</tr>
            """);
        foreach (var row in SweepCells.Rows(table)) page.Append(CultureInfo.InvariantCulture, $"<tr>{Row("td", row)}</tr>\n");
        page.Append("</table></div>\n<div class=\"figures\">").Append(TradeOff(table)).Append("</div>\n");
        var measured = table.Columns.Where(c => c.Measured).Select(c => c.Title).ToList();
        if (measured.Count > 0)
            page.Append("<p>Another run of the same sweep fills these columns otherwise, because they hold timings or depend on which row ")
                .Append(CultureInfo.InvariantCulture, $"came first: {Encode(string.Join("; ", measured))}.</p>\n");
        return page.Append("</body></html>\n").ToString();
    }

    private static string Summary(SweepTable table)
    {
        var states = table.Rows.DistinctBy(r => r.Search).CountBy(r => r.State).OrderBy(s => s.Key)
            .Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Value} {s.Key.ToString().ToLowerInvariant()}"));
        return $"Searches: {string.Join(", ", states)}.{(table.Final ? "" : " The table is not final.")}";
    }

    /// <summary>Quality against the first cost that the table has, as a drawing; empty where it has not both.</summary>
    public static string TradeOff(SweepTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var columns = table.Columns.ToDictionary(c => c.Id, StringComparer.Ordinal);
        var quality = new[] { "testBleu", "supernetLossBits", "predictedBleu" }.FirstOrDefault(columns.ContainsKey);
        var cost = new[] { "latencyMs", "gFlops" }.FirstOrDefault(columns.ContainsKey);
        if (quality is null || cost is null) return "";
        var groups = table.Rows.Where(r => r.Figures.ContainsKey(quality) && r.Figures.ContainsKey(cost))
            .GroupBy(r => r.Algorithm!, StringComparer.Ordinal)
            .Select(g => new PointGroup(g.Key, [.. g.Select(r => (r.Figures[cost], r.Figures[quality], (string?)null))])).ToList();
        return groups.Count == 0 ? "" : ScatterChart.Render(
            $"{columns[quality].Title} against {columns[cost].Title}", columns[cost].Title, columns[quality].Title, groups,
            diagonal: false);
    }

    private static string Row(string tag, IEnumerable<string> cells) => string.Concat(cells.Select(c => $"<{tag}>{Encode(c)}</{tag}>"));

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
