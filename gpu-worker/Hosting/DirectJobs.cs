using System.Text.Json;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.GpuWorker.Jobs;
using HsNas.Kernel;
using HsNas.Kernel.Stores;

namespace HsNas.GpuWorker.Hosting;

/// <summary>Jobs that a sub-command does itself, without a queue.</summary>
internal static class DirectJobs
{
    // No orchestration waits for them.
    private const string Nobody = "direct";

    /// <summary>
    /// Stores the input and does the job unless it is done. A known failure is forgotten first, because a user who asks again
    /// wants another try.
    /// </summary>
    /// <param name="runner">Does the job.</param>
    /// <param name="store">Where the runner reads and writes.</param>
    /// <param name="kind">Kind of job.</param>
    /// <param name="input">Its input, which also names it.</param>
    public static async Task<JobResult> RunAsync<T>(JobRunner runner, IArtifactStore store, string kind, T input)
    {
        var job = WorkerJob.Of(WorkerJob.IdOf(kind, input), kind, Nobody);
        if (await store.TryReadJsonAsync<JobResult>(BlobLayout.JobOutput(job.JobId)) is { Error: not null })
            await store.DeleteAsync(BlobLayout.JobOutput(job.JobId));
        await store.WriteAsync(BlobLayout.JobInput(job.JobId), JsonSerializer.SerializeToUtf8Bytes(input, Json.Options));
        return await runner.RunAsync(job, CancellationToken.None);
    }
}
