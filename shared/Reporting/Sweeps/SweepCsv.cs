using HsNas.Contracts.Sweeps;

namespace HsNas.Reporting.Sweeps;

/// <summary>The table of a sweep as comma-separated values (RFC 4180, lines that end with a line feed).</summary>
public static class SweepCsv
{
    /// <summary>A header of column ids, the rows, then the rows over seeds.</summary>
    public static string Render(SweepTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return string.Concat(SweepCells.Rows(table).Prepend(SweepCells.Ids(table)).Select(r => string.Join(',', r.Select(Quoted)) + "\n"));
    }

    private static string Quoted(string cell) => cell.AsSpan().ContainsAny(",\"\r\n")
        ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
