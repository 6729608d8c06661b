using HsNas.Contracts;
using HsNas.Functions.Searches.Files;
using HsNas.Kernel.Jobs;

namespace HsNas.Functions.Searches.Evolution;

/// <summary>One generation of one run of a search.</summary>
/// <param name="Search">The search; its instance is the orchestration that waits for jobs.</param>
/// <param name="Run">Which run.</param>
/// <param name="Generation">Counted from 1.</param>
/// <param name="Finished">The jobs that the generation waited for, now finished; empty at first.</param>
public sealed record GenerationInput(SearchInput Search, RunKind Run, int Generation, IReadOnlyList<JobRef> Finished);
