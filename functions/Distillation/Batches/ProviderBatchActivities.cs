using HsNas.Functions.Distillation.Plans;
using Microsoft.Azure.Functions.Worker;

namespace HsNas.Functions.Distillation.Batches;

/// <summary>Asks what the ledger lacks as one batch of the provider.</summary>
public sealed class SubmitProviderBatchActivity(ProviderBatches batches)
{
    /// <summary>The batch, created once however often this runs; null where nothing was asked.</summary>
    [Function(nameof(SubmitProviderBatchActivity))]
    public Task<BatchTicket?> RunAsync([ActivityTrigger] DistillationPlan plan, FunctionContext context) =>
        batches.SubmitAsync(plan, context.CancellationToken);
}

/// <summary>Looks at a provider's batch.</summary>
public sealed class CheckProviderBatchActivity(ProviderBatches batches)
{
    /// <summary>Its state.</summary>
    [Function(nameof(CheckProviderBatchActivity))]
    public Task<BatchState> RunAsync([ActivityTrigger] ProviderBatch input, FunctionContext context) =>
        batches.CheckAsync(input, context.CancellationToken);
}

/// <summary>Takes a provider's batch into the ledger.</summary>
public sealed class TakeProviderBatchActivity(ProviderBatches batches)
{
    /// <summary>What was spent on each batch of labels, US dollars; empty where there is no limit on money.</summary>
    [Function(nameof(TakeProviderBatchActivity))]
    public Task<IReadOnlyList<decimal>> RunAsync([ActivityTrigger] ProviderBatch input, FunctionContext context) =>
        batches.TakeAsync(input, context.CancellationToken);
}

/// <summary>Input of the activities that look at a provider's batch and take its answers.</summary>
/// <param name="Plan">The distillation.</param>
/// <param name="Ticket">The batch.</param>
public sealed record ProviderBatch(DistillationPlan Plan, BatchTicket Ticket);
