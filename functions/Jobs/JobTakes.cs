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
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(5);

    private readonly JobReadings<IReadOnlyList<JobTake>> _known = new(time);

    /// <summary>The takes of a job but the first, oldest first.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="isOver">Whether the stage that asks waits for it no longer.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<JobTake>> ReadAsync(string jobId, bool isOver, CancellationToken cancellationToken)
    {
        if (_known.Find(jobId) is { } known && (isOver ? known.IsLast : known.Age < Age)) return known.Value;
        var at = time.GetTimestamp();
        var takes = await store.TryReadJsonAsync<List<JobTake>>(BlobLayout.JobTakes(jobId), cancellationToken) ?? [];
        _known.Keep(jobId, takes, at, isOver);
        return takes;
    }
}
