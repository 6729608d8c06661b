namespace HsNas.Contracts.Sweeps;

/// <summary>Answer of <c>GET /api/sweeps</c>: one page, newest sweep first.</summary>
/// <param name="Sweeps">The sweeps of the page.</param>
/// <param name="Next">Continuation token of the next page, for the query's <c>after</c>; null behind the last page.</param>
public sealed record SweepList(IReadOnlyList<SweepSummary> Sweeps, string? Next);

/// <summary>A sweep in one line.</summary>
/// <param name="Id">The sweep.</param>
/// <param name="Name">What it is called; null where it has no name.</param>
/// <param name="State">Running, Stopping, Stopped, Completed or Failed.</param>
/// <param name="Counts">How many rows are in which state.</param>
/// <param name="SpentUsd">What rows that ended paid for labels, US dollars.</param>
/// <param name="MaxCostUsd">Most that all rows may pay; null for no limit.</param>
/// <param name="Started">When its last run began, UTC.</param>
/// <param name="Changed">When anything last changed in it, UTC.</param>
public sealed record SweepSummary(
    string Id, string? Name, string State, SweepCounts Counts, decimal SpentUsd, double? MaxCostUsd, DateTimeOffset Started,
    DateTimeOffset Changed);
