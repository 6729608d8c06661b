using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using HsNas.Shared.Messaging;

namespace HsNas.GpuWorker.Jobs;

/// <summary>Keeps a message invisible while its job runs, and notices when it was lost or its job cancelled.</summary>
internal sealed class MessageLease(
    QueueClient queue, IArtifactStore store, QueueMessage message, string jobId, WorkerOptions options, TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource _lost = new();
    private readonly SemaphoreSlim _receiptGate = new(1, 1);
    private string _receipt = message.PopReceipt;

    /// <summary>Cancelled when the message belongs to somebody else now, or the job was cancelled.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Whether the job was cancelled.</summary>
    public bool Cancelled { get; private set; }

    /// <summary>Renews until <paramref name="cancellationToken"/> fires; never throws.</summary>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.Visibility / 4, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                Cancelled = await IsCancelledAsync(cancellationToken);
                if (Cancelled || !await TryRenewAsync(cancellationToken))
                {
                    await _lost.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The job ended; there is nothing left to renew.
        }
    }

    /// <summary>Removes the message; harmless where it is gone.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await _receiptGate.WaitAsync(cancellationToken);
        try
        {
            await queue.DeleteMessageAsync(message.MessageId, _receipt, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status is 404 or 400)
        {
            // Somebody else took it: they will find the result and acknowledge.
        }
        finally
        {
            _receiptGate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _lost.Dispose();
        _receiptGate.Dispose();
    }

    private async Task<bool> IsCancelledAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await store.ExistsAsync(BlobLayout.JobCancel(jobId), cancellationToken);
        }
        catch (Exception e) when (IsHiccup(e))
        {
            return false;
        }
    }

    // Storage that does not answer for a moment: the message stays ours until its visibility ends, and the next tick tries again.
    private static bool IsHiccup(Exception e) => e is RequestFailedException or AggregateException or IOException;

    private async Task<bool> TryRenewAsync(CancellationToken cancellationToken)
    {
        await _receiptGate.WaitAsync(cancellationToken);
        try
        {
            var update = await queue.UpdateMessageAsync(message.MessageId, _receipt, message.Body, options.Visibility, cancellationToken);
            _receipt = update.Value.PopReceipt;
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 400)
        {
            return false;
        }
        catch (Exception e) when (IsHiccup(e))
        {
            return true;
        }
        finally
        {
            _receiptGate.Release();
        }
    }
}
