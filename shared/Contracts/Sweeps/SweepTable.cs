using System.Collections.Immutable;
using System.Text.Json;

namespace HsNas.Contracts.Sweeps;

/// <summary>
/// The results of a sweep: a function of its rows and their results alone, and so the same in whatever order rows ended.
/// </summary>
/// <param name="Sweep">The sweep.</param>
/// <param name="Name">What it is called; null where it has no name.</param>
/// <param name="Final">Whether all rows have ended.</param>
/// <param name="Axes">Paths of the fields that rows vary, each a column.</param>
/// <param name="Columns">The columns of figures; one that no row has a figure for is left out.</param>
/// <param name="Rows">A row for each run of each search, in the order in which searches were asked for.</param>
/// <param name="OverSeeds">Mean and standard deviation of searches that differ in nothing but the seed.</param>
public sealed record SweepTable(
    string Sweep, string? Name, bool Final, IReadOnlyList<string> Axes, IReadOnlyList<SweepColumnHead> Columns,
    IReadOnlyList<SweepTableRow> Rows, IReadOnlyList<SweepSeedsRow> OverSeeds);

/// <summary>What a column of figures holds.</summary>
/// <param name="Id">Its name in JSON and CSV.</param>
/// <param name="Title">Its title for readers, with the unit.</param>
/// <param name="Measured">
/// Whether it depends on clocks, on the device's timings, or on which row came first; another run of the same sweep then gives other
/// figures.
/// </param>
public sealed record SweepColumnHead(string Id, string Title, bool Measured);

/// <summary>One run of one search.</summary>
/// <param name="Search">Id of the search.</param>
/// <param name="State">How far it is.</param>
/// <param name="Axes">Its values, in the order of the table's axes; null where a field has none.</param>
/// <param name="Algorithm">What the run is called; null before it has ended.</param>
/// <param name="Figures">Figures by id of their column.</param>
/// <param name="Note">Why it failed, or what a reader must know; null for nothing.</param>
public sealed record SweepTableRow(
    string Search, SweepRowState State, IReadOnlyList<JsonElement?> Axes, string? Algorithm,
    ImmutableSortedDictionary<string, double> Figures, string? Note);

/// <summary>A figure over several seeds.</summary>
/// <param name="Statistic">"mean" or "standard deviation" (of a sample: divided by the number of seeds less one).</param>
/// <param name="Seeds">How many seeds.</param>
/// <param name="Axes">The values that the searches share; null at the seed.</param>
/// <param name="Algorithm">What the runs are called.</param>
/// <param name="Figures">By id of their column; where every seed has the figure.</param>
public sealed record SweepSeedsRow(
    string Statistic, int Seeds, IReadOnlyList<JsonElement?> Axes, string Algorithm, ImmutableSortedDictionary<string, double> Figures);
