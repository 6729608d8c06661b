using HsNas.Contracts.Jobs;
using HsNas.GpuWorker.Jobs;
using HsNas.Kernel.Stores;

namespace HsNas.GpuWorker.Hosting;

/// <summary>Jobs that a sub-command does itself, without a queue.</summary>
internal static class DirectJobs
{
    /// <summary>
    /// Stores the input and does the job unless it is done. A known failure is forgotten first, because a user who asks again
    /// wants another try.
    /// </summary>
    /// <param name="runner">Does the job.</param>
    /// <param name="store">Where the runner reads and writes.</param>
    /// <param name="job">The job.</param>
    /// <param name="json">Its input.</param>
    public static async Task<JobResult> RunAsync(JobRunner runner, IArtifactStore store, WorkerJob job, byte[] json)
    {
        if (await store.TryReadJsonAsync<JobResult>(BlobPath.Parse(job.OutputBlob)) is { Error: not null })
            await store.DeleteAsync(BlobPath.Parse(job.OutputBlob));
        await store.WriteAsync(BlobPath.Parse(job.InputBlob), json);
        return await runner.RunAsync(job, CancellationToken.None);
    }
}
