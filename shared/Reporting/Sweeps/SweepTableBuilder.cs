using System.Collections.Immutable;
using System.Text.Json;
using HsNas.Contracts.Sweeps;
using HsNas.Kernel;

namespace HsNas.Reporting.Sweeps;

/// <summary>Makes the table of a sweep from its rows and how they ended.</summary>
public static class SweepTableBuilder
{
    private static readonly ImmutableSortedDictionary<string, double> None = ImmutableSortedDictionary.Create<string, double>(
        StringComparer.Ordinal);

    /// <summary>The table.</summary>
    /// <param name="sweep">Id of the sweep.</param>
    /// <param name="name">What it is called; null where it has no name.</param>
    /// <param name="rows">All rows in the order in which they were asked for.</param>
    /// <param name="withMeasured">Whether it has the columns that another run of the same sweep would fill otherwise.</param>
    public static SweepTable Build(string sweep, string? name, IReadOnlyList<SweptRow> rows, bool withMeasured = true)
    {
        ArgumentNullException.ThrowIfNull(rows);
        string[] axes = [.. rows.SelectMany(r => r.Row.Axes.Select(a => a.Path)).Distinct(StringComparer.Ordinal)];
        var shown = SweepColumns.All.Where(c => withMeasured || !c.Head.Measured).Select(c => c.Head).ToList();
        var kept = shown.Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        var lines = rows.SelectMany(r => Lines(r, kept)).ToList();
        var table = lines.Select(l => new SweepTableRow(
            l.Row.Row.Search, l.Row.State, Values(l.Row.Row, axes), l.Line?.Algorithm, l.Line?.Figures ?? None,
            l.Line is null ? l.Row.Outcome?.Error : l.Line.Note)).ToList();
        var filled = table.SelectMany(r => r.Figures.Keys).ToHashSet(StringComparer.Ordinal);
        return new SweepTable(
            sweep, name, rows.All(r => r.State is SweepRowState.Done or SweepRowState.Failed), axes,
            [.. shown.Where(c => filled.Contains(c.Id))], table, SeedStatistics.Of(lines, row => Values(row, axes), axes));
    }

    private static IEnumerable<(SweptRow Row, SweepLine? Line)> Lines(SweptRow row, HashSet<string> kept) =>
        row.Outcome is { Lines: { Count: > 0 } lines }
            ? lines.Select(l => (row, (SweepLine?)l.Only(kept)))
            : [(row, null)];

    // A row whose own grid lacks an axis has the field's value of its request.
    private static JsonElement?[] Values(SweepRow row, string[] axes)
    {
        var request = JsonSerializer.SerializeToElement(row.Request, Json.Options);
        return [.. axes.Select(a => row.Axes.FirstOrDefault(v => v.Path == a)?.Value ?? At(request, a.Split('.')))];
    }

    private static JsonElement? At(JsonElement element, ReadOnlySpan<string> path) => path switch
    {
        [] => element,
        [var name, .. var rest] when element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var inner) =>
            At(inner, rest),
        _ => null,
    };
}
