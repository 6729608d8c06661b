using System.Collections.Concurrent;
using HsNas.Shared.Messaging;

namespace HsNas.Functions.Tasks;

/// <summary>
/// Reads how far jobs are, for status answers. Workers report about once a second, and many searches may wait for one job, so
/// what was read is good for a moment; that of a stage that is over is good for ever.
/// </summary>
internal sealed class JobProgressReader(IArtifactStore store, TimeProvider time)
{
    private const int MostEntries = 10_000;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, Reading> _known = new(StringComparer.Ordinal);

    /// <summary>The last report of a job; null where it has made none.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="isOver">Whether the job has ended, so that nothing will be reported any more.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<JobProgress?> TryReadAsync(string jobId, bool isOver, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(jobId, out var known) && (known.IsLast || (!isOver && time.GetElapsedTime(known.At) < Moment))) return known.Progress;
        var at = time.GetTimestamp();
        var progress = await store.TryReadJsonAsync<JobProgress>(BlobLayout.JobProgress(jobId), cancellationToken);
        if (_known.Count >= MostEntries) _known.Clear();
        _known[jobId] = new Reading(progress, at, IsLast: isOver);
        return progress;
    }

    private sealed record Reading(JobProgress? Progress, long At, bool IsLast);
}
