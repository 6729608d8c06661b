using HsNas.Functions.Activities;
using HsNas.Functions.Jobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace HsNas.Functions.Orchestrations;

/// <summary>
/// One run of the evolution: a generation is one activity, and where the supernet ranks it, its score jobs and one more
/// activity. Every few generations it continues as new, so that history stays short however long the search.
/// </summary>
public static class EvolutionOrchestrator
{
    // Events of one history, as far as they can be foreseen: an activity leaves two, waiting for a job six.
    private const int EventsPerHistory = 50;
    private const int EventsPerGeneration = 4;
    private const int EventsPerJob = 6;

    /// <summary>Returns what the run took.</summary>
    [Function(nameof(EvolutionOrchestrator))]
    public static async Task<EvolutionProgress> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var progress = context.GetInput<EvolutionProgress>()!;
        for (var events = 0; events < EventsPerHistory;)
        {
            context.SetCustomStatus(progress);
            var start = context.CurrentUtcDateTime;
            var input = new GenerationInput(progress.SearchId, progress.Run, progress.Generation, context.InstanceId);
            var step = await context.CallActivityAsync<GenerationStep>(nameof(EvolveActivity), input, Retries.Standard);
            events += EventsPerGeneration + (EventsPerJob * step.Jobs.Count);
            if (step.Jobs.Count > 0)
            {
                context.SetCustomStatus(progress with { Waiting = step.Jobs });
                await JobWaiting.AllOrFirstFailureAsync(step.Jobs.Select(context.WaitForJobAsync));
                step = await context.CallActivityAsync<GenerationStep>(nameof(RecordScoresActivity), new RecordScoresInput(input, step.Jobs), Retries.Standard);
            }

            progress = progress.After(step, (context.CurrentUtcDateTime - start).TotalSeconds);
            if (!step.Finished) continue;
            context.SetCustomStatus(progress);
            return progress;
        }

        context.ContinueAsNew(progress);
        return progress;
    }
}

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
