using HsNas.Kernel.Jobs;

namespace HsNas.Functions.Searches.Evolution;

/// <summary>Custom status of <see cref="EvolutionOrchestrator"/>.</summary>
/// <param name="Tally">What the run has done so far.</param>
/// <param name="Iterations">Generations at most.</param>
/// <param name="Waiting">Jobs it waits for.</param>
public sealed record EvolutionStatus(RunTally Tally, int Iterations, IReadOnlyList<JobRef> Waiting);
