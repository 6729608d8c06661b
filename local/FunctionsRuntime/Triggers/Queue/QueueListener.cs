using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Triggers.Queue;

/// <summary>Takes messages off one queue for one function. A message that fails too often goes to the poison queue.</summary>
internal sealed class QueueListener(
    FunctionDescriptor function, QueueClient queue, QueueClient poison, HostSettings settings, TriggerRunner runner, TimeProvider time,
    ILogger logger)
{
    private static readonly TimeSpan ShortestPoll = TimeSpan.FromMilliseconds(100);

    // Short, and renewed while the function runs, so that messages of a killed host come back soon.
    private static readonly TimeSpan Invisible = TimeSpan.FromSeconds(30);

    private readonly HashSet<Task> running = [];

    internal async Task RunAsync(CancellationToken stopping)
    {
        var pause = ShortestPoll;
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                running.RemoveWhere(task => task.IsCompleted);
                if (running.Count > settings.QueueNewBatchThreshold)
                {
                    await Task.WhenAny(running).WaitAsync(stopping);
                    continue;
                }

                var messages = await ReceiveAsync(stopping);
                foreach (var message in messages)
                {
                    running.Add(ProcessAsync(message, stopping));
                }

                if (messages.Length > 0)
                {
                    pause = ShortestPoll;
                    continue;
                }

                await Task.Delay(pause, time, stopping);
                pause = pause * 2 < settings.QueueMaxPollingInterval ? pause * 2 : settings.QueueMaxPollingInterval;
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await Task.WhenAll(running);
        }
    }

    private async Task<QueueMessage[]> ReceiveAsync(CancellationToken stopping)
    {
        try
        {
            return (await queue.ReceiveMessagesAsync(settings.QueueBatchSize, Invisible, stopping)).Value;
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return [];
        }
        catch (Exception failure) when (failure is RequestFailedException or AggregateException or FormatException)
        {
            logger.LogWarning(failure, "The queue {Queue} cannot be read", queue.Name);
            return [];
        }
    }

    private async Task ProcessAsync(QueueMessage message, CancellationToken stopping)
    {
        await Task.Yield();
        using var done = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var receipt = new Receipt(queue, message, time, logger);
        var renewal = receipt.RenewAsync(Invisible, done.Token);
        Exception? failure = null;
        try
        {
            if (message.DequeueCount > settings.QueueMaxDequeueCount)
            {
                throw new InvalidOperationException("The message was taken too often without success.");
            }

            await runner.RunAsync(function, new QueueTriggerData(message), stopping);
        }
#pragma warning disable CA1031 // A failing function must not stop the queue.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            failure = thrown;
        }

        await done.CancelAsync();
        await renewal;
        try
        {
            await SettleAsync(message, receipt, failure, stopping);
        }
        catch (RequestFailedException lost)
        {
            logger.LogWarning(lost, "Message {Id} of {Queue} could not be settled and will come again", message.MessageId, queue.Name);
        }
    }

    private async Task SettleAsync(QueueMessage message, Receipt receipt, Exception? failure, CancellationToken stopping)
    {
        if (failure is null)
        {
            await queue.DeleteMessageAsync(message.MessageId, receipt.Current, CancellationToken.None);
        }
        else if (stopping.IsCancellationRequested)
        {
            await receipt.ReleaseAsync(TimeSpan.Zero);
        }
        else if (message.DequeueCount >= settings.QueueMaxDequeueCount)
        {
            logger.LogError(failure, "Message {Id} of {Queue} failed {Count} times and goes to {Poison}", message.MessageId, queue.Name,
                message.DequeueCount, poison.Name);
            await poison.CreateIfNotExistsAsync(cancellationToken: CancellationToken.None);
            await poison.SendMessageAsync(message.Body, cancellationToken: CancellationToken.None);
            await queue.DeleteMessageAsync(message.MessageId, receipt.Current, CancellationToken.None);
        }
        else
        {
            logger.LogWarning(
                failure, "{Function} failed on message {Id}, attempt {Count}", function.Name, message.MessageId, message.DequeueCount);
            await receipt.ReleaseAsync(settings.QueueVisibilityTimeout);
        }
    }
}
