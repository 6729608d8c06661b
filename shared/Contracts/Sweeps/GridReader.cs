using System.Text.Json;
using HsNas.Contracts.Requests;

namespace HsNas.Contracts.Sweeps;

/// <summary>Reads the axes of a grid.</summary>
/// <param name="known">What an axis may vary, by path.</param>
internal sealed class GridReader(IReadOnlyDictionary<string, RequestField> known)
{
    private const string Grid = "grid";

    /// <summary>The axes in the order given; faults are reported to the reader of the whole request.</summary>
    public IReadOnlyList<SweepAxis> Read(FieldReader reader)
    {
        var faults = reader.Faults;
        if (reader.Raw(SweepFields.Grid) is not { } grid)
        {
            if (reader.IsObject) reader.Fault(Grid, "is required: axes by the path of the field that they vary.");
            return [];
        }

        if (grid.ValueKind != JsonValueKind.Object)
        {
            reader.Fault(Grid, $"must be an object, not {JsonText.Describe(grid)}.");
            return [];
        }

        JsonShape.Check(grid, Grid, reader.Fault);
        if (reader.Faults > faults) return [];
        SweepAxis[] axes = [.. grid.EnumerateObject().Select(p => Axis(reader, p.Name, p.Value)).OfType<SweepAxis>()];
        if (reader.Faults > faults) return [];
        CheckTogether(reader, axes);
        return axes;
    }

    private SweepAxis? Axis(FieldReader reader, string path, JsonElement values)
    {
        var name = $"{Grid}.{JsonText.Shorten(path)}";
        if (!known.ContainsKey(path)) reader.Fault(name, $"is unknown; allowed: {string.Join(", ", known.Keys)}.");
        else if (values.ValueKind != JsonValueKind.Array) reader.Fault(name, $"must be a list of values, not {JsonText.Describe(values)}.");
        else if (values.GetArrayLength() == 0) reader.Fault(name, "must have at least one value.");
        else return Distinct(reader, name, new SweepAxis(path, [.. values.EnumerateArray().Select(v => v.Clone())]));
        return null;
    }

    private static SweepAxis? Distinct(FieldReader reader, string name, SweepAxis axis)
    {
        // More values than a sweep may have searches are refused as such, and need not be compared.
        for (var i = 1; i < axis.Values.Count && axis.Values.Count <= SweepFields.MostSearches; i++)
        {
            if (!axis.Values.Take(i).Any(v => JsonElement.DeepEquals(v, axis.Values[i]))) continue;
            reader.Fault($"{name}[{i}]", $"repeats the value {JsonText.Describe(axis.Values[i])}; each may be given once.");
            return null;
        }

        return axis;
    }

    private static void CheckTogether(FieldReader reader, SweepAxis[] axes)
    {
        if (axes.Length == 0) reader.Fault(Grid, "must have at least one axis.");
        foreach (var inner in axes)
            foreach (var outer in axes.Where(o => inner.Path.StartsWith(o.Path + ".", StringComparison.Ordinal)))
                reader.Fault($"{Grid}.{inner.Path}", $"lies inside of the axis {outer.Path}; vary one of the two.");
        var searches = axes.Aggregate(1.0, (product, axis) => product * axis.Values.Count);
        if (searches > SweepFields.MostSearches)
            reader.Fault(Grid, FormattableString.Invariant($"has {searches:F0} searches; at most {SweepFields.MostSearches} are allowed."));
    }
}
