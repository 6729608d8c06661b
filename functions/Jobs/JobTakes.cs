using System.Collections.Concurrent;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Kernel.Stores;

namespace HsNas.Functions.Jobs;

/// <summary>
/// When jobs were taken once more after their worker had died. Read again after some seconds while a stage waits for the job, and kept
/// for ever once it is over. Safe for concurrent use.
/// </summary>
public sealed class JobTakes(IArtifactStore store, TimeProvider time)
{
    private const int MostEntries = 10_000;
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Reading> _known = new(StringComparer.Ordinal);

    /// <summary>The takes of a job but the first, oldest first.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="isOver">Whether the stage that asks waits for it no longer.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<JobTake>> ReadAsync(string jobId, bool isOver, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(jobId, out var known) && (isOver ? known.IsLast : time.GetElapsedTime(known.At) < Age)) return known.Takes;
        var takes = await store.TryReadJsonAsync<List<JobTake>>(BlobLayout.JobTakes(jobId), cancellationToken) ?? [];
        if (_known.Count >= MostEntries) _known.Clear();
        _known[jobId] = new Reading(takes, time.GetTimestamp(), isOver);
        return takes;
    }

    private sealed record Reading(IReadOnlyList<JobTake> Takes, long At, bool IsLast);
}
