namespace HsNas.Functions.Searches.Evolution;

/// <summary>One generation of one run of a search.</summary>
/// <param name="SearchId">The search.</param>
/// <param name="Run">Name of the run: "hs-nas" or "hat".</param>
/// <param name="Generation">Counted from 1.</param>
/// <param name="InstanceId">Who waits for jobs.</param>
public sealed record GenerationInput(string SearchId, string Run, int Generation, string InstanceId);
