using System.Text.Json;
using HsNas.Contracts.Requests;

namespace HsNas.Contracts.Sweeps;

/// <summary>A request for a sweep, as read.</summary>
/// <param name="Name">What the sweep is called; null where it has no name.</param>
/// <param name="Search">What its searches have in common, as given; null where that was left out.</param>
/// <param name="Cells">The cells of its grid, the last axis varying fastest; none is asked for twice.</param>
/// <param name="Parallel">Searches that may run at once.</param>
/// <param name="MaxCostUsd">Most that all labels may cost, US dollars; null for no limit.</param>
public sealed record SweepRequest(
    string? Name, JsonElement? Search, IReadOnlyList<SweepCell> Cells, int Parallel, double? MaxCostUsd);

/// <summary>One search of a grid.</summary>
/// <param name="Axes">The value of each axis, in the order of the axes.</param>
/// <param name="Request">The request that they make.</param>
public sealed record SweepCell(IReadOnlyList<SweepAxisValue> Axes, SearchRequest Request);

/// <summary>What an axis has in a cell.</summary>
/// <param name="Path">Path of the field of a search.</param>
/// <param name="Index">Which of the axis's values, counted from 0.</param>
/// <param name="Value">The value as given.</param>
public sealed record SweepAxisValue(string Path, int Index, JsonElement Value);

/// <summary>A request as read: either usable, or the list of all its faults.</summary>
/// <typeparam name="T">What is asked for.</typeparam>
/// <param name="Request">The request; null where there are errors.</param>
/// <param name="Errors">Every fault found.</param>
public sealed record ReadSweep<T>(T? Request, IReadOnlyList<FieldError> Errors)
    where T : class;

/// <summary>A request for more rows of a sweep, as read.</summary>
/// <param name="Cells">The cells of its grid, the last axis varying fastest; none is asked for twice.</param>
public sealed record SweepRowsRequest(IReadOnlyList<SweepCell> Cells);
