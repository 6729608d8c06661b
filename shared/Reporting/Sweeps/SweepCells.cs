using System.Globalization;
using System.Text.Json;
using HsNas.Contracts.Sweeps;

namespace HsNas.Reporting.Sweeps;

/// <summary>A table of a sweep as lines of text, the same for CSV and pages.</summary>
public static class SweepCells
{
    private const string Nothing = "";

    /// <summary>Ids of all columns, axes first.</summary>
    public static IReadOnlyList<string> Ids(SweepTable table) =>
        [.. table.Axes, "algorithm", .. table.Columns.Select(c => c.Id), "state", "note", "search"];

    /// <summary>Titles of all columns, in the order of <see cref="Ids"/>.</summary>
    public static IReadOnlyList<string> Titles(SweepTable table) =>
        [.. table.Axes, "algorithm", .. table.Columns.Select(c => c.Title), "state", "note", "search"];

    /// <summary>The rows, and then those over seeds.</summary>
    public static IEnumerable<IReadOnlyList<string>> Rows(SweepTable table) =>
        table.Rows.Select(r => Row(table, r.Axes, r.Algorithm, r.Figures, State(r), r.Note, r.Search))
            .Concat(table.OverSeeds.Select(s => Row(table, s.Axes, s.Algorithm, s.Figures, Over(s), null, null)));

    /// <summary>An axis's value in words: "4", "start 1, end 15".</summary>
    public static string Text(JsonElement? value) => value switch
    {
        null or { ValueKind: JsonValueKind.Null } => Nothing,
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { ValueKind: JsonValueKind.Object } group => string.Join(", ", group.EnumerateObject().Select(p => $"{p.Name} {Text(p.Value)}")),
        { } other => other.GetRawText(),
    };

    private static IReadOnlyList<string> Row(
        SweepTable table, IReadOnlyList<JsonElement?> axes, string? algorithm, IReadOnlyDictionary<string, double> figures, string state,
        string? note, string? search) =>
        [.. axes.Select(Text), algorithm ?? Nothing, .. table.Columns.Select(c => Text(c, figures)), state, note ?? Nothing,
            search ?? Nothing];

    private static string Text(SweepColumnHead column, IReadOnlyDictionary<string, double> figures) =>
        figures.TryGetValue(column.Id, out var figure)
            ? figure.ToString($"F{SweepColumns.All.Single(c => c.Head.Id == column.Id).Decimals}", CultureInfo.InvariantCulture)
            : Nothing;

    private static string State(SweepTableRow row) => row.State.ToString().ToLowerInvariant();

    private static string Over(SweepSeedsRow row) => string.Create(CultureInfo.InvariantCulture, $"{row.Statistic} of {row.Seeds} seeds");
}
