using HsNas.Functions.Distillation.Batches;
using HsNas.Functions.Distillation.Plans;
using HsNas.Functions.Jobs;
using HsNas.Kernel.Jobs;
using HsNas.Llm;
using HsNas.Llm.Labelling;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace HsNas.Functions.Distillation;

/// <summary>
/// LLM-Distill-PP: asks the language model about a pool of architectures, trains an MLP on its answers, and puts the MLP in
/// force if it is not worse than the one before. The timer, a manual trigger and a search run the same orchestration; the timer's
/// may ask in a batch of the provider first.
/// </summary>
public static class DistillationOrchestrator
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
        var repeats = new RepeatLog(context, input.Progress?.Failed);
        var progress = input.Progress ?? await StartAsync(context, input, repeats);
        var plan = progress.Plan;
        if (progress.Tried < plan.BatchCount) progress = await LabelAsync(context, progress, repeats);
        else if (progress.Incomplete.Count > 0) progress = await CompleteAsync(context, progress, repeats);
        if (progress.Tried < plan.BatchCount || progress.Incomplete.Count > 0)
        {
            context.ContinueAsNew(input with { Progress = progress with { Failed = repeats.Failed } });
            return "";
        }

        var job = await context.CallActivityAsync<JobRef>(
            nameof(SubmitTrainingActivity), new SubmitTrainingInput(plan, progress.Tally, context.InstanceId), repeats.Options);
        Show(context, progress, job, repeats);
        await context.WaitForJobAsync(job, repeats.Options);
        return await context.CallActivityAsync<string>(
            nameof(PromotePredictorActivity), new PromoteInput(plan, progress.Tally, job), repeats.Options);
    }

    private static async Task<DistillationProgress> StartAsync(
        TaskOrchestrationContext context, DistillationInput input, RepeatLog repeats)
    {
        var started = context.CurrentUtcDateTime;
        var plan = await context.CallActivityAsync<DistillationPlan>(nameof(PlanDistillationActivity), input, repeats.Options);
        var progress = DistillationProgress.Start(plan with { Started = started });
        if (input.ProviderBatchWaits is not { } waits) return progress;
        Show(context, progress, null, repeats);
        var batch = new ProviderBatchInput(progress.Plan, waits);
        return progress with { SpentBefore = await context.CallSubOrchestratorAsync<IReadOnlyList<decimal>>(
            nameof(ProviderBatchOrchestrator), batch) };
    }

    private static async Task<DistillationProgress> LabelAsync(
        TaskOrchestrationContext context, DistillationProgress progress, RepeatLog repeats)
    {
        var plan = progress.Plan;
        var (inFlight, next) = (new Dictionary<Task<LabelTally>, LabelBatchInput>(), progress.Tried);
        var end = Math.Min(plan.BatchCount, progress.Tried + BatchesPerHistory);
        while (progress.Tried < end)
        {
            Show(context, progress, null, repeats);
            while (next < end && inFlight.Count < BatchesInFlight)
            {
                // Each gets its share of what is left, so that together they cannot pass the limit.
                var left = Left(progress) - progress.SpentBefore.Skip(next).Sum() - inFlight.Values.Sum(b => b.AllowanceUsd);
                var share = (left / (BatchesInFlight - inFlight.Count)) + progress.SpentBefore.ElementAtOrDefault(next);
                var batch = new LabelBatchInput(plan, next++, share);
                inFlight.Add(context.CallActivityAsync<LabelTally>(nameof(LabelBatchActivity), batch, repeats.Options), batch);
            }

            var finished = await Task.WhenAny(inFlight.Keys);
            inFlight.Remove(finished, out var done);
            progress = Checked((progress with { Tried = progress.Tried + 1 }).With(done!.Batch, await finished))
                .At(context.CurrentUtcDateTime);
        }

        Show(context, progress, null, repeats);
        return progress;
    }

    // Batches that their share did not suffice for get, one after the other, all that is left.
    private static async Task<DistillationProgress> CompleteAsync(
        TaskOrchestrationContext context, DistillationProgress progress, RepeatLog repeats)
    {
        for (var batches = 0; batches < BatchesPerHistory && progress.Incomplete.Count > 0; batches++)
        {
            var open = progress.Incomplete[0];
            var input = new LabelBatchInput(progress.Plan, open.Batch, Left(progress) + open.Tally.SpentUsd);
            var tally = await context.CallActivityAsync<LabelTally>(nameof(LabelBatchActivity), input, repeats.Options);
            progress = Checked((progress with { Incomplete = [.. progress.Incomplete.Skip(1)] })
                .With(open.Batch, tally with { Bought = tally.Bought + open.Tally.Bought })).At(context.CurrentUtcDateTime);
            Show(context, progress, null, repeats);
            if (tally.Unpaid > 0) throw new LabelException(LimitReached(progress));
        }

        return progress;
    }

    private static string LimitReached(DistillationProgress progress) =>
        SpendText.LimitReached("maxCostUsd", progress.Plan.MaxCostUsd!.Value,
            $"{progress.Labelled:N0} of {progress.Plan.Labels:N0} architectures are labelled", progress.Total.SpentUsd)
        + " All answers are kept in the ledger; with a higher limit the next search pays only for the rest.";

    private static decimal? Left(DistillationProgress progress) => progress.Plan.MaxCostUsd - progress.Total.SpentUsd;

    private static DistillationProgress Checked(DistillationProgress progress) =>
        progress.Total is { } total && total.Unanswered > progress.Plan.MostUnanswered
            ? throw new LabelException(
                $"The model gave no usable answer for {total.Unanswered} architectures, and at most {progress.Plan.MostUnanswered} may "
                    + $"stay without one (Llm__MaxUnanswered); the last reason: {total.Trouble}.")
            : progress;

    private static void Show(TaskOrchestrationContext context, DistillationProgress progress, JobRef? job, RepeatLog repeats)
    {
        repeats.Changed = Tell;
        Tell();

        void Tell() => context.SetCustomStatus(
            new DistillationStatus(progress.Labelled, progress.Plan.Labels, job, progress.Total, progress.Plan.MaxCostUsd)
            {
                Spending = progress.Spending,
                Failed = repeats.Failed,
            });
    }
}
