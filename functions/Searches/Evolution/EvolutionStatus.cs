using HsNas.Functions.Jobs;
using HsNas.Kernel.Jobs;

namespace HsNas.Functions.Searches.Evolution;

/// <summary>Custom status of <see cref="EvolutionOrchestrator"/>.</summary>
/// <param name="Tally">What the run has done so far.</param>
/// <param name="Iterations">Generations at most.</param>
/// <param name="Waiting">Jobs it waits for.</param>
/// <param name="Failed">Attempts of activities that failed; null where none did.</param>
/// <param name="Taken">Jobs that were taken once more, of those it waits for no longer; null where none was.</param>
public sealed record EvolutionStatus(
    RunTally Tally, int Iterations, IReadOnlyList<JobRef> Waiting, Repeats? Failed = null, Repeats? Taken = null);
