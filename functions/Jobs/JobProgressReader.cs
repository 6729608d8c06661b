using System.Collections.Concurrent;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Kernel.Stores;

namespace HsNas.Functions.Jobs;

/// <summary>
/// Reads how far jobs are, for status answers. Workers report about once a second, and many searches may wait for one job, so
/// what was read is good for a moment; for a stage that has ended, the last report is good for ever. A job may be done again for
/// another search, so who asks while it runs is never given an old last report. Whoever asks steadily does not wait for storage: the
/// report before is the answer while the next is read.
/// </summary>
public sealed class JobProgressReader(IArtifactStore store, TimeProvider time)
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);
    // Older than this, a report is no answer any more.
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(4);

    private readonly JobReadings<JobProgress?> _known = new(time);
    private readonly ConcurrentDictionary<string, bool> _reading = new(StringComparer.Ordinal);

    /// <summary>The last report of a job; null where it has made none.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="isOver">Whether the stage that asks waits for it no longer.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<JobProgress?> TryReadAsync(string jobId, bool isOver, CancellationToken cancellationToken)
    {
        if (_known.Find(jobId) is { } known)
        {
            if (isOver ? known.IsLast : known.Age < Moment) return known.Value;
            if (!isOver && !known.IsLast && known.Age < Late)
            {
                // For all who ask, whether this one gives up or not. Where storage does not answer, the next who comes late is told.
                if (_reading.TryAdd(jobId, true)) _ = Task.Run(() => RenewAsync(jobId), CancellationToken.None);
                return known.Value;
            }
        }

        return await ReadAsync(jobId, isOver, cancellationToken);
    }

    private async Task RenewAsync(string jobId)
    {
        try
        {
            await ReadAsync(jobId, isOver: false, CancellationToken.None);
        }
        finally
        {
            _reading.TryRemove(jobId, out _);
        }
    }

    private async Task<JobProgress?> ReadAsync(string jobId, bool isOver, CancellationToken cancellationToken)
    {
        var at = time.GetTimestamp();
        var progress = await store.TryReadJsonAsync<JobProgress>(BlobLayout.JobProgress(jobId), cancellationToken);
        _known.Keep(jobId, progress, at, isOver);
        return progress;
    }
}
