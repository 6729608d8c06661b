using HsNas.Functions.Distillation;
using HsNas.Functions.Distillation.Batches;
using HsNas.Functions.Distillation.Plans;
using HsNas.Functions.Tests.Support;
using HsNas.Kernel.Jobs;
using HsNas.Llm.Labelling;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace HsNas.Functions.Tests.Distillation;

/// <summary>The real orchestrator with activities that only count.</summary>
internal static class DistillationScript
{
    public const int BatchSize = 10;

    [Function(nameof(HsNas.Functions.Distillation.DistillationOrchestrator))]
    public static Task<string> DistilAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        HsNas.Functions.Distillation.DistillationOrchestrator.RunAsync(context);

    [Function(nameof(PlanDistillationActivity))]
    public static DistillationPlan Plan([ActivityTrigger] DistillationInput input) =>
        new(input.Task, $"f{Scripts.Count($"{input.Task}/plan")}", input.Labels, BatchSize,
            (input.Labels + BatchSize - 1) / BatchSize) { MaxCostUsd = input.MaxCostUsd };

    [Function(nameof(LabelBatchActivity))]
    public static LabelTally Label([ActivityTrigger] LabelBatchInput input)
    {
        Scripts.Count($"{input.Plan.Task}/{input.Batch}");
        return Spending.Of(input) ?? new LabelTally { Calls = BatchSize, Bought = 1, Usage = new(100, 0, 10, 0) };
    }

    [Function(nameof(HsNas.Functions.Distillation.Batches.ProviderBatchOrchestrator))]
    public static Task<IReadOnlyList<decimal>> AskInBatchAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        HsNas.Functions.Distillation.Batches.ProviderBatchOrchestrator.RunAsync(context);

    [Function(nameof(SubmitProviderBatchActivity))]
    public static BatchTicket? SubmitBatch([ActivityTrigger] DistillationPlan plan) =>
        Scripts.Count($"{plan.Task}/submit") > 0 && ScriptedTask.Of(plan.Task).BatchEndsAtLook is not null
            ? new BatchTicket("batch_1", plan.Task, 0, new DateTimeOffset(plan.Started, TimeSpan.Zero)) : null;

    [Function(nameof(CheckProviderBatchActivity))]
    public static BatchState CheckBatch([ActivityTrigger] ProviderBatch input)
    {
        var ends = ScriptedTask.Of(input.Plan.Task).BatchEndsAtLook;
        return new BatchState(input.Ticket.Id, Scripts.Count($"{input.Plan.Task}/check") < ends ? "in_progress" : "expired",
            input.Ticket.CreatedAt, null, 1, 0, 0, null);
    }

    /// <summary>It answered all but the last question of each batch of labels.</summary>
    [Function(nameof(TakeProviderBatchActivity))]
    public static IReadOnlyList<decimal> TakeBatch([ActivityTrigger] ProviderBatch input)
    {
        Scripts.Count($"{input.Plan.Task}/take");
        return Spending.BuyInBatch(input.Plan, BatchSize - 1);
    }

    [Function(nameof(SubmitTrainingActivity))]
    public static JobRef Submit([ActivityTrigger] SubmitTrainingInput input) => new(input.Plan.Fingerprint, "train-regressor", Done: true);

    [Function(nameof(PromotePredictorActivity))]
    public static string Promote([ActivityTrigger] PromoteInput input) =>
        $"{input.Plan.Fingerprint}: {input.Tally.Calls} calls, {input.Tally.Bought} bought, {input.Tally.Usage.Prompt} tokens";
}
