using HsNas.Functions.Jobs;

namespace HsNas.Functions.Activities;

/// <summary>Which search an activity works for.</summary>
/// <param name="SearchId">The search's instance id.</param>
/// <param name="InstanceId">The orchestration that waits, and is woken by replies.</param>
public sealed record SearchInput(string SearchId, string InstanceId);

/// <summary>One generation of one run of a search.</summary>
/// <param name="SearchId">The search.</param>
/// <param name="Run">Name of the run: "hs-nas" or "hat".</param>
/// <param name="Generation">Counted from 1.</param>
/// <param name="InstanceId">Who waits for jobs.</param>
public sealed record GenerationInput(string SearchId, string Run, int Generation, string InstanceId);

/// <summary>What became of a generation.</summary>
/// <param name="Jobs">Score jobs to wait for before its scores can be recorded; empty where it is scored.</param>
/// <param name="Finished">Whether the run is over.</param>
/// <param name="Distilled">Whether the distilled predictor ranked it.</param>
/// <param name="Scored">Candidates that the supernet newly scored.</param>
/// <param name="Best">Best score of the last scored generation; null before.</param>
/// <param name="Metric">Its metric.</param>
public sealed record GenerationStep(IReadOnlyList<JobRef> Jobs, bool Finished, bool Distilled, int Scored, double? Best, string? Metric);
