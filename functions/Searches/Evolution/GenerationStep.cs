using HsNas.Kernel.Jobs;

namespace HsNas.Functions.Searches.Evolution;

/// <summary>What became of a generation.</summary>
/// <param name="Waiting">Jobs to wait for before it is ranked; empty where it was.</param>
/// <param name="Finished">Whether the run is over.</param>
/// <param name="Ranker">Who ranked it, or will.</param>
/// <param name="NewScores">Candidates that were scored anew.</param>
/// <param name="Best">Best score of the last ranked generation; null before.</param>
/// <param name="Metric">What the ranker's scores measure.</param>
public sealed record GenerationStep(
    IReadOnlyList<JobRef> Waiting, bool Finished, string Ranker, int NewScores, double? Best, string Metric);
