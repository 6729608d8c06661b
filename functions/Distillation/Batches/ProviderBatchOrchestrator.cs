using HsNas.Functions.Jobs;
using HsNas.Llm;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace HsNas.Functions.Distillation.Batches;

/// <summary>
/// Asks what the ledger lacks as one batch of the provider, waits for it with durable timers, and takes what answers there are
/// when it ends, however it ends. What it leaves open is for the interactive way.
/// </summary>
public static class ProviderBatchOrchestrator
{
    // Then it continues as new, so that history stays short however long the provider takes.
    private const int LooksPerHistory = 12;

    // The provider's window is a day; twice that means that it has lost the batch.
    private static readonly TimeSpan Patience = TimeSpan.FromDays(2);

    /// <summary>Returns what was spent on each batch of labels, US dollars; empty without a batch or a limit on money.</summary>
    [Function(nameof(ProviderBatchOrchestrator))]
    public static async Task<IReadOnlyList<decimal>> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<ProviderBatchInput>()!;
        var ticket = input.Ticket
            ?? await context.CallActivityAsync<BatchTicket?>(nameof(SubmitProviderBatchActivity), input.Plan, Retries.Standard);
        if (ticket is null) return [];
        var batch = new ProviderBatch(input.Plan, ticket);
        for (var look = 0; look < LooksPerHistory; look++)
        {
            await context.CreateTimer(Wait(input.Waits, input.Looks + look), CancellationToken.None);
            var state = await context.CallActivityAsync<BatchState>(nameof(CheckProviderBatchActivity), batch, Retries.Standard);
            context.SetCustomStatus(state);
            if (state.Ended)
                return await context.CallActivityAsync<IReadOnlyList<decimal>>(nameof(TakeProviderBatchActivity), batch, Retries.Standard);
            if (context.CurrentUtcDateTime - ticket.CreatedAt.UtcDateTime > Patience)
                throw new LabelException(
                    $"Batch {ticket.Id} is {state.Status} after {Patience.TotalHours} hours, though its window is 24: ask the "
                        + "provider. The next re-distillation looks at it again.");
        }

        context.ContinueAsNew(input with { Ticket = ticket, Looks = input.Looks + LooksPerHistory });
        return [];
    }

    private static TimeSpan Wait(ProviderBatchWaits waits, int looks)
    {
        var wait = waits.First;
        for (var i = 0; i < looks && wait < waits.Most; i++) wait *= 1.5;
        return wait < waits.Most ? wait : waits.Most;
    }
}
