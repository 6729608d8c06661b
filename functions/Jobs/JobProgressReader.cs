using System.Collections.Concurrent;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Kernel.Stores;

namespace HsNas.Functions.Jobs;

/// <summary>
/// Reads how far jobs are, for status answers. Workers report about once a second, and many searches may wait for one job, so
/// what was read is good for a moment; for a stage that has ended, the last report is good for ever. A job may be done again for
/// another search, so who asks while it runs is never given an old last report.
/// </summary>
public sealed class JobProgressReader(IArtifactStore store, TimeProvider time)
{
    private const int MostEntries = 10_000;
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Reading> _known = new(StringComparer.Ordinal);

    /// <summary>The last report of a job; null where it has made none.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="isOver">Whether the stage that asks waits for it no longer.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<JobProgress?> TryReadAsync(string jobId, bool isOver, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(jobId, out var known) && (isOver ? known.IsLast : time.GetElapsedTime(known.At) < Moment))
            return known.Progress;
        var at = time.GetTimestamp();
        var progress = await store.TryReadJsonAsync<JobProgress>(BlobLayout.JobProgress(jobId), cancellationToken);
        if (_known.Count >= MostEntries) _known.Clear();
        _known[jobId] = new Reading(progress, at, IsLast: isOver);
        return progress;
    }

    private sealed record Reading(JobProgress? Progress, long At, bool IsLast);
}
