using HsNas.Functions.Activities;
using HsNas.Functions.Jobs;
using HsNas.Functions.Llm.Labelling;
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
        new(input.Task, $"f{Scripts.Count($"{input.Task}/plan")}", input.Labels, BatchSize, (input.Labels + BatchSize - 1) / BatchSize) { MaxCostUsd = input.MaxCostUsd };

    [Function(nameof(LabelBatchActivity))]
    public static LabelTally Label([ActivityTrigger] LabelBatchInput input)
    {
        Scripts.Count($"{input.Plan.Task}/{input.Batch}");
        return Spending.Of(input) ?? new LabelTally { Calls = BatchSize, Bought = 1, Usage = new(100, 0, 10, 0) };
    }

    [Function(nameof(SubmitRegressorActivity))]
    public static JobRef Submit([ActivityTrigger] SubmitRegressorInput input) => new(input.Plan.Fingerprint, "train-regressor", Done: true);

    [Function(nameof(PromotePredictorActivity))]
    public static string Promote([ActivityTrigger] PromoteInput input) =>
        $"{input.Plan.Fingerprint}: {input.Tally.Calls} calls, {input.Tally.Bought} bought, {input.Tally.Usage.Prompt} tokens";
}
