using HsNas.Functions.Jobs;
using HsNas.Kernel.Jobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace HsNas.Functions.Searches.Evolution;

/// <summary>
/// Drives one run of a search: a generation is one activity, and where its ranker asks for jobs, these and one more activity.
/// Every few generations it continues as new, so that history stays short however long the search.
/// </summary>
public static class EvolutionOrchestrator
{
    // Events of one history, as far as they can be foreseen: an activity leaves two, waiting for a job six.
    private const int EventsPerHistory = 50;
    private const int EventsPerGeneration = 4;
    private const int EventsPerJob = 6;

    /// <summary>Returns what the run did.</summary>
    [Function(nameof(EvolutionOrchestrator))]
    public static async Task<RunTally> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<EvolutionInput>()!;
        var tally = input.Tally;
        var repeats = new RepeatLog(context, input.Failed, input.Taken);
        for (var events = 0; events < EventsPerHistory;)
        {
            Show(context, input, tally, [], repeats);
            var start = context.CurrentUtcDateTime;
            var step = await EvolveAsync(context, input, tally, [], repeats);
            events += EventsPerGeneration;
            while (step.Waiting.Count > 0)
            {
                Show(context, input, tally, step.Waiting, repeats);
                await JobWaiting.AllOrFirstFailureAsync(step.Waiting.Select(repeats.WaitForJobAsync));
                events += EventsPerJob * step.Waiting.Count;
                step = await EvolveAsync(context, input, tally, step.Waiting, repeats);
            }

            tally = tally.After(step, (context.CurrentUtcDateTime - start).TotalSeconds);
            if (!step.Finished) continue;
            Show(context, input, tally, [], repeats);
            return tally;
        }

        context.ContinueAsNew(input with { Tally = tally, Failed = repeats.Failed, Taken = repeats.Taken });
        return tally;
    }

    private static Task<GenerationStep> EvolveAsync(
        TaskOrchestrationContext context, EvolutionInput input, RunTally tally, IReadOnlyList<JobRef> finished, RepeatLog repeats)
    {
        var generation = new GenerationInput(input.Search with { InstanceId = context.InstanceId }, input.Run, tally.Generation, finished);
        return context.CallActivityAsync<GenerationStep>(nameof(EvolveActivity), generation, repeats.Options);
    }

    private static void Show(
        TaskOrchestrationContext context, EvolutionInput input, RunTally tally, IReadOnlyList<JobRef> waiting, RepeatLog repeats)
    {
        repeats.Changed = Tell;
        Tell();

        void Tell() => context.SetCustomStatus(
            new EvolutionStatus(tally, input.Iterations, waiting, repeats.Failed, repeats.Taken));
    }
}
