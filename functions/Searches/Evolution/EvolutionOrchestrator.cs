using HsNas.Functions.Jobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace HsNas.Functions.Searches.Evolution;

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
