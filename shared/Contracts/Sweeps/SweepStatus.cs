namespace HsNas.Contracts.Sweeps;

/// <summary>How far a row of a sweep is.</summary>
public enum SweepRowState
{
    /// <summary>Not begun.</summary>
    Waiting,

    /// <summary>Its search runs.</summary>
    Running,

    /// <summary>Its search has a result.</summary>
    Done,

    /// <summary>Its search failed or was cancelled; it is begun again when the sweep is resumed.</summary>
    Failed,
}

/// <summary>Answer of <c>GET /api/sweeps/{id}</c>.</summary>
/// <param name="Id">The sweep.</param>
/// <param name="Name">What it is called; null where it has no name.</param>
/// <param name="Status">Running, Stopping, Stopped, Completed or Failed.</param>
/// <param name="Error">Why it failed; null unless it failed. A row that failed does not make its sweep fail.</param>
/// <param name="Counts">How many rows are in which state.</param>
/// <param name="SpentUsd">What rows that ended paid for labels, US dollars.</param>
/// <param name="MaxCostUsd">Most that all rows may pay; null for no limit.</param>
/// <param name="Rows">All rows in the order in which they were asked for.</param>
/// <param name="Links">Where to go from here, by relation: self, table, stop, resume, rows, durable.</param>
public sealed record SweepStatus(
    string Id, string? Name, string Status, string? Error, SweepCounts Counts, decimal SpentUsd, double? MaxCostUsd,
    IReadOnlyList<SweepRowStatus> Rows, IReadOnlyDictionary<string, string> Links);

/// <summary>How many rows are in which state.</summary>
/// <param name="Waiting">Not begun.</param>
/// <param name="Running">Running.</param>
/// <param name="Done">With a result.</param>
/// <param name="Failed">Failed or cancelled.</param>
public sealed record SweepCounts(int Waiting, int Running, int Done, int Failed);

/// <summary>One row.</summary>
/// <param name="Search">Id of its search, an ordinary one.</param>
/// <param name="Axes">What the row varies, in words.</param>
/// <param name="State">How far it is.</param>
/// <param name="Error">Why it failed; null unless it failed.</param>
public sealed record SweepRowStatus(string Search, string Axes, SweepRowState State, string? Error);
