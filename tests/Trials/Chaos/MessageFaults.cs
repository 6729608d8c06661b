using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using HsNas.Contracts;
using HsNas.Kernel;
using HsNas.Storage;

namespace HsNas.Trials.Chaos;

/// <summary>Duplicates and delays messages, as queues may, and loses replies, which queues may not.</summary>
internal sealed class MessageFaults(QueueServiceClient queues, SeededRandom random, FaultCounts counts, TimeProvider time)
{
    private static readonly TimeSpan Watch = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(8);

    private readonly QueueClient _jobs = queues.GetQueueClient(BlobLayout.JobQueue);
    private readonly QueueClient _replies = queues.GetQueueClient(BlobLayout.ReplyQueue);

    // Every message seen. One of them is sent again long after it was done.
    private readonly List<(QueueClient Queue, string Body)> _seen = [];
    private readonly HashSet<string> _delayed = new(StringComparer.Ordinal);

    /// <summary>One random fault, if there is a message.</summary>
    public async Task DisturbAsync(CancellationToken cancellationToken)
    {
        try
        {
            await (random.NextDouble() switch
            {
                < 0.45 => DuplicateAsync(random.NextBool(0.7) ? _jobs : _replies, cancellationToken),
                < 0.6 => RepeatOldAsync(cancellationToken),
                < 0.85 => DelayAsync(random.NextBool(0.6) ? _jobs : _replies, cancellationToken),
                _ => DropAsync(cancellationToken),
            });
        }
        catch (Exception e) when (StorageFailure.Is(e))
        {
            // Storage has just been killed.
        }
    }

    private async Task DuplicateAsync(QueueClient queue, CancellationToken cancellationToken)
    {
        if (await WatchAsync(async () =>
            (await queue.PeekMessageAsync(cancellationToken)).Value?.Body.ToString(), cancellationToken) is not { } body)
            return;
        _seen.Add((queue, body));
        await queue.SendMessageAsync(body, cancellationToken);
        counts.Duplicated++;
    }

    private async Task RepeatOldAsync(CancellationToken cancellationToken)
    {
        if (_seen.Count == 0) return;
        var (queue, body) = _seen[random.Next(_seen.Count)];
        await queue.SendMessageAsync(body, cancellationToken);
        counts.Duplicated++;
    }

    // Each message is delayed once: a delay counts as a delivery, and after five deliveries a message is poison.
    private async Task DelayAsync(QueueClient queue, CancellationToken cancellationToken)
    {
        var delay = TimeSpan.FromSeconds(1 + (random.NextDouble() * (LongestDelay.TotalSeconds - 1)));
        var message = await WatchAsync(async () =>
            (await queue.PeekMessageAsync(cancellationToken)).Value is { } peeked && !_delayed.Contains(peeked.MessageId)
            ? (await queue.ReceiveMessageAsync(delay, cancellationToken)).Value : null, cancellationToken);
        if (message is null) return;
        _seen.Add((queue, message.Body.ToString()));
        _delayed.Add(message.MessageId);
        counts.Delayed++;
    }

    private async Task DropAsync(CancellationToken cancellationToken)
    {
        QueueMessage? message =
            await WatchAsync(async () => (await _replies.ReceiveMessageAsync(LongestDelay, cancellationToken)).Value, cancellationToken);
        if (message is null) return;
        await _replies.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellationToken);
        counts.Dropped++;
    }

    private async Task<T?> WatchAsync<T>(Func<Task<T?>> look, CancellationToken cancellationToken)
        where T : class
    {
        for (var start = time.GetTimestamp(); time.GetElapsedTime(start) < Watch;)
        {
            if (await look() is { } found) return found;
            await Task.Delay(PollInterval, time, cancellationToken);
        }

        return null;
    }
}
