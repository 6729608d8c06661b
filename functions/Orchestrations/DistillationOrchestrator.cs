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

    /// <summary>Returns what was decided, in words.</summary>
    [Function(nameof(DistillationOrchestrator))]
    public static async Task<string> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<DistillationInput>()!;
        var plan = await context.CallActivityAsync<DistillationPlan>(nameof(PlanDistillationActivity), input, Retries.Standard);
        var statistics = await LabelAsync(context, plan);
        context.SetCustomStatus(new DistillationStatus(plan.Labels, plan.Labels, null));
        var job = await context.CallActivityAsync<JobRef>(
            nameof(SubmitRegressorActivity), new SubmitRegressorInput(plan, statistics, context.InstanceId), Retries.Standard);
        context.SetCustomStatus(new DistillationStatus(plan.Labels, plan.Labels, job));
        await context.WaitForJobAsync(job);
        return await context.CallActivityAsync<string>(nameof(PromotePredictorActivity), new PromoteInput(plan, statistics, job), Retries.Standard);
    }

    private static async Task<BatchStatistics> LabelAsync(TaskOrchestrationContext context, DistillationPlan plan)
    {
        var (inFlight, next, done) = (new List<Task<BatchStatistics>>(), 0, 0);
        var total = new BatchStatistics(0, 0, 0);
        while (done < plan.Batches)
        {
            while (next < plan.Batches && inFlight.Count < BatchesInFlight)
                inFlight.Add(context.CallActivityAsync<BatchStatistics>(nameof(LabelBatchActivity), new LabelBatchInput(plan, next++), Retries.Standard));
            var finished = await Task.WhenAny(inFlight);
            inFlight.Remove(finished);
            var batch = await finished;
            total = new BatchStatistics(total.Bought + batch.Bought, total.PromptTokens + batch.PromptTokens, total.CompletionTokens + batch.CompletionTokens);
            done++;
            context.SetCustomStatus(new DistillationStatus(Math.Min(plan.Labels, done * plan.BatchSize), plan.Labels, null));
        }

        return total;
    }
}

/// <summary>Custom status of a distillation.</summary>
/// <param name="Labelled">Architectures labelled.</param>
/// <param name="Labels">Architectures to label.</param>
/// <param name="Job">The MLP's training, once submitted.</param>
public sealed record DistillationStatus(int Labelled, int Labels, JobRef? Job);
