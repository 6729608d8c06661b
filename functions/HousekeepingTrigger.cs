using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace HsNas.Functions;

/// <summary>Does the housekeeping every ten minutes.</summary>
public sealed class HousekeepingTrigger(Housekeeping housekeeping)
{
    /// <summary>One round.</summary>
    [Function(nameof(HousekeepingTrigger))]
    public Task RunAsync(
        [TimerTrigger("0 */10 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        housekeeping.RunAsync(client, cancellationToken);
}
