using System.Text.Json;
using HsNas.Contracts.Requests;
using HsNas.Contracts.Supernets;
using HsNas.Evolution.Constraints;

namespace HsNas.Contracts.Sweeps;

/// <summary>
/// Reads requests for sweeps from untrusted bytes. Every cell of the grid is read as a request for a search is, so each fault is named
/// by its field: "grid.limits.latencyMs[1]" where an axis gave it, "search.limits.latencyMs" else.
/// </summary>
/// <param name="tasks">Names of the tasks that searches may use.</param>
/// <param name="constraints">What they may limit.</param>
/// <param name="kinds">Supernets that they may use.</param>
public sealed class SweepReader(IReadOnlyCollection<string> tasks, ConstraintSet constraints, SupernetKinds kinds)
{
    private static readonly JsonElement Nothing = JsonElement.Parse("{}");

    /// <summary>Reads a request for a sweep.</summary>
    public ReadSweep<SweepRequest> Read(ReadOnlyMemory<byte> json) => Read(json, SweepFields.All, reader =>
    {
        var search = Search(reader);
        return new SweepRequest(
            reader.Text(SweepFields.Name), search, Cells(reader, search ?? Nothing), reader.Integer(SweepFields.Parallel),
            reader.OptionalNumber(SweepFields.MaxCostUsd));
    });

    /// <summary>Reads a request for more rows.</summary>
    /// <param name="json">Its bytes.</param>
    /// <param name="search">What the sweep's searches have in common; used where the request does not say.</param>
    public ReadSweep<SweepRowsRequest> ReadRows(ReadOnlyMemory<byte> json, JsonElement? search) => Read(
        json, SweepFields.OfRows, reader => new SweepRowsRequest(Cells(reader, Search(reader) ?? search ?? Nothing)));

    private static ReadSweep<T> Read<T>(ReadOnlyMemory<byte> json, IReadOnlyList<RequestField> fields, Func<FieldReader, T> read)
        where T : class
    {
        T? request = null;
        var errors = RequestDocument.Read(json, fields, reader => request = read(reader));
        return new ReadSweep<T>(errors.Count == 0 ? request : null, errors);
    }

    private static JsonElement? Search(FieldReader reader) => reader.Raw(SweepFields.Search)?.Clone();

    private List<SweepCell> Cells(FieldReader reader, JsonElement search)
    {
        var faults = reader.Faults;
        if (search.ValueKind != JsonValueKind.Object)
            reader.Fault(SweepFields.Search.Name, $"must be an object, not {JsonText.Describe(search)}.");
        else JsonShape.Check(search, SweepFields.Search.Name, reader.Fault);
        var isReadable = reader.Faults == faults;
        var axes = new GridReader(SweepFields.Axes(constraints, kinds)).Read(reader);
        if (!isReadable) return [];
        var cells = new CellReader(tasks, constraints, kinds);
        if (reader.Faults == faults) return cells.Read(search, axes, reader.Fault);
        // Without its grid the common part can still be looked at; only what the grid might have given cannot be missed.
        cells.Read(search, [], (field, message) =>
        {
            if (field != $"{SweepFields.Search.Name}.{SearchFields.Task.Name}" || search.TryGetProperty(SearchFields.Task.Name, out _))
                reader.Fault(field, message);
        });
        return [];
    }
}
