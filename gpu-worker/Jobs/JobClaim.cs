using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using HsNas.Kernel.Stores;
using HsNas.Storage;

namespace HsNas.GpuWorker.Jobs;

/// <summary>
/// One worker's claim to a running job: a lease on the job's input blob. The lease ends by itself soon after its worker has
/// died. A second message of the job therefore finds the job claimed while it runs, and free when no worker runs it.
/// </summary>
internal sealed class JobClaim : IAsyncDisposable
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly BlobLeaseClient? _lease;

    private JobClaim(BlobLeaseClient? lease) => _lease = lease;

    /// <summary>
    /// How long a claim lasts without renewal: half of what a message stays invisible, so that a dead worker's claim is over
    /// when its message appears again, within what storage allows.
    /// </summary>
    public static TimeSpan Duration(TimeSpan visibility) =>
        TimeSpan.FromTicks(Math.Clamp(visibility.Ticks / 2, Shortest.Ticks, Longest.Ticks));

    /// <summary>
    /// Claims a job; null where another worker has it. A job without an input cannot be claimed twice, since it ends at once.
    /// </summary>
    public static async Task<JobClaim?> TryTakeAsync(
        BlobServiceClient blobs, BlobPath input, TimeSpan duration, CancellationToken cancellationToken)
    {
        var lease = blobs.GetBlobContainerClient(input.Container).GetBlobClient(input.Name).GetBlobLeaseClient();
        try
        {
            await lease.AcquireAsync(duration, cancellationToken: cancellationToken);
            return new JobClaim(lease);
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.LeaseAlreadyPresent)
        {
            return null;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return new JobClaim(null);
        }
    }

    /// <summary>Renews the claim; false where another worker has it by now.</summary>
    public async Task<bool> TryRenewAsync(CancellationToken cancellationToken)
    {
        if (_lease is null) return true;
        try
        {
            await _lease.RenewAsync(cancellationToken: cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
        {
            return false;
        }
    }

    /// <summary>Gives the claim up. Where storage does not answer, the claim ends by itself.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_lease is null) return;
        try
        {
            await _lease.ReleaseAsync();
        }
        catch (Exception e) when (StorageFailure.Is(e))
        {
            // The claim is lost already, or it ends soon.
        }
    }
}
