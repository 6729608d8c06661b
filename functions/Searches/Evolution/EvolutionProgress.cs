using HsNas.Functions.Jobs;

namespace HsNas.Functions.Searches.Evolution;

/// <summary>How far a run is; also its input, so that it can continue as new.</summary>
/// <param name="SearchId">The search.</param>
/// <param name="Run">Name of the run.</param>
/// <param name="Generation">The generation to do next, counted from 1.</param>
/// <param name="Iterations">Generations at most.</param>
/// <param name="DistilledSeconds">Seconds in generations that the distilled predictor ranked.</param>
/// <param name="SupernetSeconds">Seconds in generations that the supernet ranked.</param>
/// <param name="Scorings">Candidates that the supernet scored.</param>
/// <param name="Best">Best score of the last generation.</param>
/// <param name="Metric">Its metric.</param>
/// <param name="Waiting">Score jobs it waits for; in the custom status only.</param>
public sealed record EvolutionProgress(
    string SearchId, string Run, int Generation, int Iterations, double DistilledSeconds, double SupernetSeconds, int Scorings, double? Best, string? Metric,
    IReadOnlyList<JobRef>? Waiting = null)
{
    /// <summary>A run at its start.</summary>
    public static EvolutionProgress Start(string searchId, string run, int iterations) => new(searchId, run, 1, iterations, 0, 0, 0, null, null);

    /// <summary>The run after a generation that took <paramref name="seconds"/>.</summary>
    public EvolutionProgress After(GenerationStep step, double seconds) => this with
    {
        Generation = Generation + 1,
        DistilledSeconds = DistilledSeconds + (step.Distilled ? seconds : 0),
        SupernetSeconds = SupernetSeconds + (step.Distilled ? 0 : seconds),
        Scorings = Scorings + step.Scored,
        Best = step.Best,
        Metric = step.Metric,
    };
}
