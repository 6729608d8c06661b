using System.Diagnostics;
using System.Text.Json;
using Azure.Storage.Queues;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Kernel;
using HsNas.Kernel.Jobs;
using HsNas.Kernel.Stores;

namespace HsNas.Functions.Jobs;

/// <summary>Hands jobs to workers and reads their results. Ids are content hashes, so submitting again is harmless.</summary>
public sealed class WorkerJobs(IArtifactStore store, QueueServiceClient queues)
{
    private readonly QueueClient _queue = queues.GetQueueClient(BlobLayout.JobQueue);

    /// <summary>
    /// Submits a job for <paramref name="instanceId"/> unless it is done. A known failure is forgotten first: who asks again
    /// wants another try. With <paramref name="send"/> false only the input is stored, to be sent later.
    /// </summary>
    public async Task<JobRef> SubmitAsync<T>(string kind, T input, string instanceId, CancellationToken cancellationToken, bool send = true)
    {
        var job = RefOf(kind, input);
        var known = await store.TryReadJsonAsync<JobResult>(BlobLayout.JobOutput(job.JobId), cancellationToken);
        if (known is { Error: null }) return job with { Done = true };
        if (known is not null) await ForgetAsync(job, cancellationToken);
        // Named by its content, so one that is there is the same; and a worker that runs the job has claimed it.
        await store.TryCreateAsync(
            BlobLayout.JobInput(job.JobId), JsonSerializer.SerializeToUtf8Bytes(input, Json.Options), cancellationToken);
        if (send) await SendAsync(job, instanceId, cancellationToken);
        return job;
    }

    /// <summary>The job that an input stands for.</summary>
    public static JobRef RefOf<T>(string kind, T input) =>
        new(WorkerJob.IdOf(kind, input), kind);

    /// <summary>Sends the job's message, again if need be: workers find a finished job done. An earlier cancellation is void.</summary>
    public async Task SendAsync(JobRef job, string instanceId, CancellationToken cancellationToken)
    {
        await store.DeleteAsync(BlobLayout.JobCancel(job.JobId), cancellationToken);
        var message = WorkerJob.Of(job.JobId, job.Kind, instanceId) with { TraceParent = Activity.Current?.Id };
        await _queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        await _queue.SendMessageAsync(JsonSerializer.Serialize(message, Json.Options), cancellationToken);
    }

    /// <summary>Forgets a job's result, so that it can be done again.</summary>
    public Task ForgetAsync(JobRef job, CancellationToken cancellationToken) =>
        store.DeleteAsync(BlobLayout.JobOutput(job.JobId), cancellationToken);

    /// <summary>Whether the job has a result, its error, how far it is, and when it was taken once more.</summary>
    public async Task<JobOutcome> CheckAsync(JobRef job, CancellationToken cancellationToken)
    {
        var result = await store.TryReadJsonAsync<JobResult>(BlobLayout.JobOutput(job.JobId), cancellationToken);
        if (result is not null)
        {
            var taken = await store.TryReadJsonAsync<List<JobTake>>(BlobLayout.JobTakes(job.JobId), cancellationToken);
            return new JobOutcome(true, result.Error, Taken: taken?.Select(t => t.At).ToList());
        }

        var progress = await store.TryReadJsonAsync<JobProgress>(BlobLayout.JobProgress(job.JobId), cancellationToken);
        return new JobOutcome(false, null, progress?.Done);
    }

    /// <summary>What a submitted job was asked.</summary>
    public Task<T> InputAsync<T>(JobRef job, CancellationToken cancellationToken) =>
        store.ReadJsonAsync<T>(BlobLayout.JobInput(job.JobId), cancellationToken);

    /// <summary>The result of a finished job, with how long it took. What a newer worker says beyond it is ignored.</summary>
    /// <exception cref="JobFailedException">It failed, or has no result.</exception>
    public async Task<(T Value, JobResult Result)> ResultAsync<T>(JobRef job, CancellationToken cancellationToken)
    {
        var result = await store.TryReadJsonAsync<JobResult>(BlobLayout.JobOutput(job.JobId), cancellationToken)
            ?? throw new JobFailedException($"Job {job.Kind} {job.JobId} has no result.");
        if (result.Value is not { } value) throw new JobFailedException($"Job {job.Kind} failed: {result.Error}");
        return (value.Deserialize<T>(Json.Lenient)!, result);
    }

    /// <summary>Asks workers to stop a job.</summary>
    public Task CancelAsync(string jobId, CancellationToken cancellationToken) =>
        store.WriteTextAsync(BlobLayout.JobCancel(jobId), "", cancellationToken);

    /// <summary>Whether somebody asked workers to stop a job.</summary>
    public Task<bool> IsCancelledAsync(JobRef job, CancellationToken cancellationToken) =>
        store.ExistsAsync(BlobLayout.JobCancel(job.JobId), cancellationToken);
}
