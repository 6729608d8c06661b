using HsNas.Contracts.Requests;

namespace HsNas.Contracts.Sweeps;

/// <summary>The faults of the cells of a grid, told by the field of the sweep's request that made them.</summary>
public sealed class CellFaults
{
    private readonly OrderedDictionary<FieldError, (int Count, string Cell)> _faults = [];
    private int _cells;

    /// <summary>Adds what a cell's request has; a cell without faults is added with none.</summary>
    public void Add(IReadOnlyList<SweepAxisValue> axes, IReadOnlyList<FieldError> errors)
    {
        ArgumentNullException.ThrowIfNull(axes);
        ArgumentNullException.ThrowIfNull(errors);
        _cells++;
        foreach (var error in errors.Select(e => e with { Field = NameOf(e.Field, axes) }))
        {
            var (count, cell) = _faults.GetValueOrDefault(error, (0, string.Join(", ", axes.Select(a => $"{a.Path}[{a.Index}]"))));
            _faults[error] = (count + 1, cell);
        }
    }

    /// <summary>Reports each fault once. One that only some cells have, and no axis alone, names the first of these cells.</summary>
    public void Report(Action<string, string> fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        foreach (var (error, (count, cell)) in _faults)
        {
            var isOfAll = count == _cells || error.Field.StartsWith(SweepFields.Grid.Name + ".", StringComparison.Ordinal);
            fault(error.Field, isOfAll ? error.Message : $"{error.Message} So it is with {cell} of the grid.");
        }
    }

    private static string NameOf(string field, IReadOnlyList<SweepAxisValue> axes)
    {
        foreach (var axis in axes)
            if (field == axis.Path || field.StartsWith(axis.Path + ".", StringComparison.Ordinal))
                return $"{SweepFields.Grid.Name}.{axis.Path}[{axis.Index}]{field[axis.Path.Length..]}";
        return field == "$" ? SweepFields.Search.Name : $"{SweepFields.Search.Name}.{field}";
    }
}
