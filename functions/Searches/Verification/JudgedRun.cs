using HsNas.Contracts.Fronts;
using HsNas.Contracts.Requests;

namespace HsNas.Functions.Searches.Verification;

/// <summary>A run's finalists after they were measured.</summary>
/// <param name="Finalists">Best score first.</param>
/// <param name="Front">The judged front; null unless the search has objectives.</param>
public sealed record JudgedRun(IReadOnlyList<Finalist> Finalists, Front? Front)
{
    /// <summary>The best-scored finalist that keeps every limit, or the knee of the front; null where there is none.</summary>
    public Finalist? Winner => Front is null
        ? Finalists.FirstOrDefault(f => f.Violations.Count == 0)
        : Finalists.FirstOrDefault(f => f.Architecture == Front.Knee?.Architecture);
}
