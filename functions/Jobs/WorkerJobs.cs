using System.Text.Json;
using Azure.Storage.Queues;
using HsNas.Shared.Messaging;

namespace HsNas.Functions.Jobs;

/// <summary>Hands jobs to workers and reads their results. Ids are content hashes, so submitting again is harmless.</summary>
internal sealed class WorkerJobs(IArtifactStore store, QueueServiceClient queues)
{
    private readonly QueueClient _queue = queues.GetQueueClient(BlobLayout.JobQueue);

    /// <summary>
    /// Submits a job for <paramref name="instanceId"/> unless it is done. A known failure is forgotten first: who asks again
    /// wants another try. With <paramref name="send"/> false only the input is stored, to be sent later.
    /// </summary>
    public async Task<JobRef> SubmitAsync<T>(string kind, T input, string instanceId, CancellationToken cancellationToken, bool send = true)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(input, Json.Options);
        var id = BlobLayout.Fingerprint(kind, System.Text.Encoding.UTF8.GetString(json));
        var known = await store.TryReadJsonAsync<JobResult>(BlobLayout.JobOutput(id), cancellationToken);
        if (known is { Error: null }) return new JobRef(id, kind);
        if (known is not null) await store.DeleteAsync(BlobLayout.JobOutput(id), cancellationToken);
        await store.WriteAsync(BlobLayout.JobInput(id), json, cancellationToken);
        if (send) await SendAsync(new JobRef(id, kind), instanceId, cancellationToken);
        return new JobRef(id, kind);
    }

    /// <summary>Sends the job's message, again if need be: workers find a finished job done.</summary>
    public async Task SendAsync(JobRef job, string instanceId, CancellationToken cancellationToken)
    {
        var message = new WorkerJob(WorkerJob.CurrentSchema, job.JobId, job.Kind, instanceId,
            BlobLayout.JobInput(job.JobId).ToString(), BlobLayout.JobOutput(job.JobId).ToString());
        await _queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        await _queue.SendMessageAsync(JsonSerializer.Serialize(message, Json.Options), cancellationToken);
    }

    /// <summary>Whether the job has a result, and its error.</summary>
    public async Task<JobOutcome> CheckAsync(JobRef job, CancellationToken cancellationToken)
    {
        var result = await store.TryReadJsonAsync<JobResult>(BlobLayout.JobOutput(job.JobId), cancellationToken);
        return new JobOutcome(result is not null, result?.Error);
    }

    /// <summary>The result of a finished job, with how long it took.</summary>
    /// <exception cref="JobFailedException">It failed, or has no result.</exception>
    public async Task<(T Value, JobResult Result)> ResultAsync<T>(JobRef job, CancellationToken cancellationToken)
    {
        var result = await store.TryReadJsonAsync<JobResult>(BlobLayout.JobOutput(job.JobId), cancellationToken)
            ?? throw new JobFailedException($"Job {job.Kind} {job.JobId} has no result.");
        if (result.Value is not { } value) throw new JobFailedException($"Job {job.Kind} failed: {result.Error}");
        return (value.Deserialize<T>(Json.Options)!, result);
    }

    /// <summary>Asks workers to stop a job.</summary>
    public Task CancelAsync(JobRef job, CancellationToken cancellationToken) =>
        store.WriteTextAsync(BlobLayout.JobCancel(job.JobId), "", cancellationToken);
}
