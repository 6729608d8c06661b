using System.Text.Json;
using System.Text.Json.Nodes;
using HsNas.Contracts.Requests;
using HsNas.Contracts.Supernets;
using HsNas.Evolution.Constraints;

namespace HsNas.Contracts.Sweeps;

/// <summary>Makes a request for a search of every cell of a grid and has it read.</summary>
/// <param name="tasks">Names of the tasks that searches may use.</param>
/// <param name="constraints">What they may limit.</param>
/// <param name="kinds">Supernets that they may use.</param>
internal sealed class CellReader(IReadOnlyCollection<string> tasks, ConstraintSet constraints, SupernetKinds kinds)
{
    /// <summary>The cells, each request once; <paramref name="fault"/> is told each fault once, however many cells have it.</summary>
    public List<SweepCell> Read(JsonElement search, IReadOnlyList<SweepAxis> axes, Action<string, string> fault)
    {
        var faults = new CellFaults();
        var (cells, seen) = (new List<SweepCell>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var values in Combinations(axes))
        {
            var read = SearchRequestReader.Read(Merge(search, values), tasks, constraints, kinds);
            faults.Add(values, read.Errors);
            if (read.Request is { } request && seen.Add(SweepRow.Canonical(request))) cells.Add(new SweepCell(values, request));
        }

        faults.Report(fault);
        return cells;
    }

    private static IEnumerable<IReadOnlyList<SweepAxisValue>> Combinations(IReadOnlyList<SweepAxis> axes)
    {
        IEnumerable<IReadOnlyList<SweepAxisValue>> none = [[]];
        return axes.Aggregate(none, (found, axis) => found.SelectMany(values => axis.Values.Select(
            (v, i) => (IReadOnlyList<SweepAxisValue>)[.. values, new SweepAxisValue(axis.Path, i, v)])));
    }

    private static byte[] Merge(JsonElement search, IReadOnlyList<SweepAxisValue> values)
    {
        var request = (JsonObject)JsonNode.Parse(search.GetRawText())!;
        foreach (var value in values) Set(request, value.Path.Split('.'), value.Value);
        return JsonSerializer.SerializeToUtf8Bytes(request);
    }

    private static void Set(JsonObject request, string[] path, JsonElement value)
    {
        var inside = request;
        foreach (var name in path[..^1])
        {
            var next = inside[name] ??= new JsonObject();
            // Where something else lies in place of an object, the reader of the request says so.
            if (next is not JsonObject group) return;
            inside = group;
        }

        inside[path[^1]] = JsonNode.Parse(value.GetRawText());
    }
}
