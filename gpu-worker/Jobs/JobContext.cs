using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Contracts.Supernets;
using HsNas.Kernel.Stores;

namespace HsNas.GpuWorker.Jobs;

/// <summary>What a handler may use while it runs: progress and a checkpoint, both written at most every few seconds.</summary>
internal sealed class JobContext(string jobId, IArtifactStore store, TimeProvider time, SupernetKinds kinds)
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestCheckpointInterval = TimeSpan.FromSeconds(10);

    // A large model's checkpoint takes long to store: saving may cost a twentieth of the time, not more.
    private const int WorkPerSaving = 20;
    private long _lastProgress = long.MinValue;
    private TimeSpan _checkpointInterval = ShortestCheckpointInterval;
    private long _lastCheckpoint = time.GetTimestamp();

    /// <summary>The job.</summary>
    public string JobId => jobId;

    /// <summary>Blobs.</summary>
    public IArtifactStore Store => store;

    /// <summary>Clock.</summary>
    public TimeProvider Time => time;

    /// <summary>The kinds of supernets that jobs may name.</summary>
    public SupernetKinds SupernetKinds => kinds;

    /// <summary>Reports progress unless it was reported a moment ago.</summary>
    public async Task ReportAsync(long done, long total, string unit, string? note, CancellationToken cancellationToken)
    {
        if (done < total && _lastProgress != long.MinValue && time.GetElapsedTime(_lastProgress) < ProgressInterval) return;
        _lastProgress = time.GetTimestamp();
        await store.WriteJsonAsync(BlobLayout.JobProgress(jobId), new JobProgress(done, total, unit, note), cancellationToken);
    }

    /// <summary>Saves what <paramref name="save"/> returns unless a checkpoint was saved a moment ago.</summary>
    public async Task CheckpointAsync(Func<byte[]> save, CancellationToken cancellationToken)
    {
        if (time.GetElapsedTime(_lastCheckpoint) < _checkpointInterval) return;
        var start = time.GetTimestamp();
        await store.WriteAsync(BlobLayout.JobCheckpoint(jobId), save(), cancellationToken);
        var wanted = time.GetElapsedTime(start) * WorkPerSaving;
        _checkpointInterval = wanted > ShortestCheckpointInterval ? wanted : ShortestCheckpointInterval;
        _lastCheckpoint = time.GetTimestamp();
    }

    /// <summary>The last checkpoint of this job; null where there is none.</summary>
    public Task<byte[]?> TryReadCheckpointAsync(CancellationToken cancellationToken) =>
        store.TryReadAsync(BlobLayout.JobCheckpoint(jobId), cancellationToken);

    /// <summary>Removes the checkpoint once the result is safe.</summary>
    public Task ClearCheckpointAsync(CancellationToken cancellationToken) =>
        store.DeleteAsync(BlobLayout.JobCheckpoint(jobId), cancellationToken);
}
