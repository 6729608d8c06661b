using HsNas.Functions.Jobs;

namespace HsNas.Functions.Searches.Evolution;

/// <summary>What became of a generation.</summary>
/// <param name="Jobs">Score jobs to wait for before its scores can be recorded; empty where it is scored.</param>
/// <param name="Finished">Whether the run is over.</param>
/// <param name="Distilled">Whether the distilled predictor ranked it.</param>
/// <param name="Scored">Candidates that the supernet newly scored.</param>
/// <param name="Best">Best score of the last scored generation; null before.</param>
/// <param name="Metric">Its metric.</param>
public sealed record GenerationStep(IReadOnlyList<JobRef> Jobs, bool Finished, bool Distilled, int Scored, double? Best, string? Metric);
