using HsNas.Functions.Activities;
using HsNas.Functions.Jobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace HsNas.Functions.Orchestrations;

/// <summary>
/// LLM-Distill-PP: asks the language model about a pool of architectures, trains an MLP on its answers, and puts the MLP in
/// force if it is not worse than the one before. The timer and a search run the same orchestration.
/// </summary>
internal static class DistillationOrchestrator
{
    // Enough in flight to keep a model busy, few enough that a kill repeats little.
    private const int BatchesInFlight = 4;

    // Then it continues as new, so that history stays short however many labels are asked for.
    private const int BatchesPerHistory = 16;

    /// <summary>Returns what was decided, in words.</summary>
    [Function(nameof(DistillationOrchestrator))]
    public static async Task<string> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<DistillationInput>()!;
        var progress = input.Progress ?? new DistillationProgress(
            await context.CallActivityAsync<DistillationPlan>(nameof(PlanDistillationActivity), input, Retries.Standard), 0, new BatchStatistics(0, 0, 0, 0));
        progress = await LabelAsync(context, progress);
        var (plan, statistics) = (progress.Plan, progress.Statistics);
        if (progress.Batches < plan.Batches)
        {
            context.ContinueAsNew(input with { Progress = progress });
            return "";
        }

        var job = await context.CallActivityAsync<JobRef>(
            nameof(SubmitRegressorActivity), new SubmitRegressorInput(plan, statistics, context.InstanceId), Retries.Standard);
        context.SetCustomStatus(new DistillationStatus(plan.Labels, plan.Labels, job));
        await context.WaitForJobAsync(job);
        return await context.CallActivityAsync<string>(nameof(PromotePredictorActivity), new PromoteInput(plan, statistics, job), Retries.Standard);
    }

    private static async Task<DistillationProgress> LabelAsync(TaskOrchestrationContext context, DistillationProgress progress)
    {
        var plan = progress.Plan;
        var (inFlight, next) = (new List<Task<BatchStatistics>>(), progress.Batches);
        var end = Math.Min(plan.Batches, progress.Batches + BatchesPerHistory);
        while (progress.Batches < end)
        {
            context.SetCustomStatus(new DistillationStatus(Math.Min(plan.Labels, progress.Batches * plan.BatchSize), plan.Labels, null));
            while (next < end && inFlight.Count < BatchesInFlight)
                inFlight.Add(context.CallActivityAsync<BatchStatistics>(nameof(LabelBatchActivity), new LabelBatchInput(plan, next++), Retries.Standard));
            var finished = await Task.WhenAny(inFlight);
            inFlight.Remove(finished);
            progress = progress with { Batches = progress.Batches + 1, Statistics = progress.Statistics.Plus(await finished) };
        }

        context.SetCustomStatus(new DistillationStatus(Math.Min(plan.Labels, progress.Batches * plan.BatchSize), plan.Labels, null));
        return progress;
    }
}

/// <summary>Custom status of a distillation.</summary>
/// <param name="Labelled">Architectures labelled.</param>
/// <param name="Labels">Architectures to label.</param>
/// <param name="Job">The MLP's training, once submitted.</param>
public sealed record DistillationStatus(int Labelled, int Labels, JobRef? Job);
