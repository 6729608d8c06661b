namespace HsNas.Dashboard.Models;

/// <summary>A table: what stands behind a figure, or is compared.</summary>
/// <param name="Columns">Titles.</param>
/// <param name="Rows">Cells, as many a row as there are columns.</param>
public sealed record TableData(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>Marks of cells, by row and column: the best of a comparison.</summary>
    public IReadOnlySet<(int Row, int Column)> Best { get; init; } = new HashSet<(int Row, int Column)>();

    /// <summary>The table as CSV: quoted where needed, and no cell begins a formula.</summary>
    public string ToCsv() => string.Concat(Rows.Prepend(Columns).Select(r => string.Join(',', r.Select(Cell)) + "\r\n"));

    private static string Cell(string text)
    {
        // Spreadsheets run what begins with these; a number may begin with a minus.
        var safe = text.Length > 0 && (text[0] is '=' or '+' or '@' or '\t' or '\r' || (text[0] == '-' && !double.TryParse(text, out _)))
            ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
