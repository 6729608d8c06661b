using System.Collections.Immutable;

namespace HsNas.Contracts.Sweeps;

/// <summary>How a row ended in one run of its sweep; written once.</summary>
/// <param name="Search">The search.</param>
/// <param name="Run">Which run of the sweep, counted from 0.</param>
/// <param name="Error">Why it failed, in words; null where it has a result.</param>
/// <param name="SpentUsd">What this attempt paid for labels, US dollars.</param>
/// <param name="Lines">What it found, a line for each of the search's runs; empty where it failed.</param>
public sealed record SweepOutcome(string Search, int Run, string? Error, decimal SpentUsd, IReadOnlyList<SweepLine> Lines);

/// <summary>What one run of a search found.</summary>
/// <param name="Algorithm">What the run is called in reports: "HS-NAS", "HAT" and the like.</param>
/// <param name="Note">What a reader must know, for example that no finalist kept the limits; null for nothing.</param>
/// <param name="Figures">Figures by id of their column.</param>
public sealed record SweepLine(string Algorithm, string? Note, ImmutableSortedDictionary<string, double> Figures)
{
    /// <summary>The same with no other figures than those of some columns.</summary>
    public SweepLine Only(IReadOnlySet<string> columns) =>
        this with { Figures = Figures.RemoveRange(Figures.Keys.Where(k => !columns.Contains(k))) };
}
