using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using HsNas.Contracts;
using HsNas.Kernel.Stores;
using HsNas.Storage;

namespace HsNas.GpuWorker.Jobs;

/// <summary>
/// Keeps a message invisible and the claim to its job alive while the job runs. It notices when the claim is lost and when the
/// job is cancelled. A lost message does no harm: the worker that receives it finds the job claimed.
/// </summary>
internal sealed class MessageLease(
    QueueClient queue, IArtifactStore store, QueueMessage message, string jobId, JobClaim claim, WorkerOptions options,
    TimeProvider time) : IDisposable
{
    private const int RenewalsATerm = 4;

    // Hosts give a process about 30 seconds to end.
    private static readonly TimeSpan LastWord = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _lost = new();
    private readonly SemaphoreSlim _receiptGate = new(1, 1);
    private string _receipt = message.PopReceipt;
    private bool _isOurs = true;

    /// <summary>Cancelled when the job belongs to another worker now, or was cancelled.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Whether the job was cancelled.</summary>
    public bool Cancelled { get; private set; }

    /// <summary>Renews until <paramref name="cancellationToken"/> fires; never throws.</summary>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        var (visibility, claimed) = (options.Visibility, JobClaim.Duration(options.Visibility));
        using var timer = new PeriodicTimer((visibility < claimed ? visibility : claimed) / RenewalsATerm, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                Cancelled = await IsCancelledAsync(cancellationToken);
                if (Cancelled || !await IsClaimedAsync(cancellationToken))
                {
                    await _lost.CancelAsync();
                    return;
                }

                if (_isOurs) await RenewMessageAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The job ended; there is nothing left to renew.
        }
    }

    /// <summary>Removes the message, if it is still there.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await _receiptGate.WaitAsync(cancellationToken);
        try
        {
            await queue.DeleteMessageAsync(message.MessageId, _receipt, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status is 404 or 400)
        {
            // Another worker took it. That worker finds the result and removes the message.
        }
        finally
        {
            _receiptGate.Release();
        }
    }

    /// <summary>
    /// Makes the message visible at once, so that another worker takes the job now and not when this one's time is over.
    /// </summary>
    public async Task GiveBackAsync()
    {
        using var patience = new CancellationTokenSource(LastWord, time);
        try
        {
            await _receiptGate.WaitAsync(patience.Token);
            try
            {
                await queue.UpdateMessageAsync(message.MessageId, _receipt, message.Body, TimeSpan.Zero, patience.Token);
            }
            finally
            {
                _receiptGate.Release();
            }
        }
        catch (Exception e) when (e is OperationCanceledException || StorageFailure.Is(e))
        {
            // It becomes visible by itself, later.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _lost.Dispose();
        _receiptGate.Dispose();
    }

    // Where storage does not answer for a moment, message and claim stay ours until their time is over. The next tick tries again.
    private async Task<bool> IsCancelledAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await store.ExistsAsync(BlobLayout.JobCancel(jobId), cancellationToken);
        }
        catch (Exception e) when (StorageFailure.Is(e))
        {
            return false;
        }
    }

    private async Task<bool> IsClaimedAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await claim.TryRenewAsync(cancellationToken);
        }
        catch (Exception e) when (StorageFailure.Is(e))
        {
            return true;
        }
    }

    private async Task RenewMessageAsync(CancellationToken cancellationToken)
    {
        await _receiptGate.WaitAsync(cancellationToken);
        try
        {
            var update = await queue.UpdateMessageAsync(message.MessageId, _receipt, message.Body, options.Visibility, cancellationToken);
            _receipt = update.Value.PopReceipt;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 400)
        {
            _isOurs = false;
        }
        catch (Exception e) when (StorageFailure.Is(e))
        {
            // The next tick tries again.
        }
        finally
        {
            _receiptGate.Release();
        }
    }
}
