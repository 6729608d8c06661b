using HsNas.Functions.Activities;
using HsNas.Functions.Jobs;
using HsNas.Functions.Tests.Support;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace HsNas.Functions.Tests.Orchestrations;

/// <summary>The real orchestrator with activities that only count.</summary>
internal static class DistillationScript
{
    public const int BatchSize = 10;

    [Function(nameof(HsNas.Functions.Orchestrations.DistillationOrchestrator))]
    public static Task<string> DistilAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        HsNas.Functions.Orchestrations.DistillationOrchestrator.RunAsync(context);

    [Function(nameof(PlanDistillationActivity))]
    public static DistillationPlan Plan([ActivityTrigger] DistillationInput input) =>
        new(input.Task, $"f{Scripts.Count($"{input.Task}/plan")}", input.Labels, BatchSize, (input.Labels + BatchSize - 1) / BatchSize);

    [Function(nameof(LabelBatchActivity))]
    public static BatchStatistics Label([ActivityTrigger] LabelBatchInput input)
    {
        Scripts.Count($"{input.Plan.Task}/{input.Batch}");
        return new BatchStatistics(BatchSize, 1, 100, 10);
    }

    [Function(nameof(SubmitRegressorActivity))]
    public static JobRef Submit([ActivityTrigger] SubmitRegressorInput input) => new(input.Plan.Fingerprint, "train-regressor", Done: true);

    [Function(nameof(PromotePredictorActivity))]
    public static string Promote([ActivityTrigger] PromoteInput input) =>
        $"{input.Plan.Fingerprint}: {input.Statistics.Calls} calls, {input.Statistics.Bought} bought, {input.Statistics.PromptTokens} tokens";
}
