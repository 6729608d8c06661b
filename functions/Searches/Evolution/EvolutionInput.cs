using HsNas.Contracts;
using HsNas.Functions.Jobs;
using HsNas.Functions.Searches.Files;

namespace HsNas.Functions.Searches.Evolution;

/// <summary>Input of <see cref="EvolutionOrchestrator"/>.</summary>
/// <param name="Search">The search, with its context.</param>
/// <param name="Run">Which run.</param>
/// <param name="Iterations">Generations at most.</param>
/// <param name="Tally">What was done before the orchestration continued as new.</param>
/// <param name="Failed">Attempts of activities that had failed before; null where none had.</param>
/// <param name="Taken">Jobs that had been taken once more before; null where none had.</param>
public sealed record EvolutionInput(
    SearchInput Search, RunKind Run, int Iterations, RunTally Tally, Repeats? Failed = null, Repeats? Taken = null);
