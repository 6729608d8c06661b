using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Triggers.Queue;

/// <summary>The right to settle a message, kept alive while its function runs.</summary>
internal sealed class Receipt(QueueClient queue, QueueMessage message, TimeProvider time, ILogger logger)
{
    internal string Current { get; private set; } = message.PopReceipt;

    internal async Task RenewAsync(TimeSpan invisible, CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(invisible / 2, time, done);
                await UpdateAsync(invisible);
            }
            catch (OperationCanceledException) when (done.IsCancellationRequested)
            {
                return;
            }
            catch (RequestFailedException lost)
            {
                logger.LogWarning(lost, "The hold on message {Id} could not be renewed", message.MessageId);
            }
        }
    }

    internal Task ReleaseAsync(TimeSpan invisible) => UpdateAsync(invisible);

    private async Task UpdateAsync(TimeSpan invisible)
    {
        var updated = await queue.UpdateMessageAsync(message.MessageId, Current, message.Body, invisible, CancellationToken.None);
        Current = updated.Value.PopReceipt;
    }
}
