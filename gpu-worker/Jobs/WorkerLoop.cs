using HsNas.Storage;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using HsNas.Kernel.Validation;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HsNas.GpuWorker.Jobs;

/// <summary>
/// Takes jobs from the queue, one at a time. While a job runs, its message is kept invisible and the job is claimed, so a second
/// message of it waits. The message of a killed worker reappears for another worker. After five deliveries in which the job's
/// checkpoint did not change, the job gets an error result and its message goes to the poison queue. A job that only a newer worker
/// can do is put back for a while.
/// </summary>
internal sealed class WorkerLoop(
    QueueServiceClient queues, BlobServiceClient blobs, IArtifactStore store, JobRunner runner, WorkerOptions options, TimeProvider time,
    ILogger<WorkerLoop> logger)
    : BackgroundService
{
    private const int MaxDeliveries = 5;

    private readonly QueueClient _jobs = queues.GetQueueClient(BlobLayout.JobQueue);
    private readonly QueueClient _replies = queues.GetQueueClient(BlobLayout.ReplyQueue);
    private readonly QueueClient _poison = queues.GetQueueClient(BlobLayout.JobQueue + "-poison");

    private NewerJobs Newer => new(_jobs, options);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var queue in new[] { _jobs, _replies, _poison })
            await queue.CreateIfNotExistsAsync(cancellationToken: stoppingToken);
        var idle = options.MinPolling;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                QueueMessage? message = await _jobs.ReceiveMessageAsync(options.Visibility, stoppingToken);
                if (message is not null)
                {
                    idle = options.MinPolling;
                    await HandleAsync(message, stoppingToken);
                    continue;
                }
            }
            catch (Exception e) when (StorageFailure.Is(e))
            {
                logger.LogWarning("Storage is not answering: {Reason}", e.Message);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                // One bad message must not end the worker: it becomes visible again, and is poisoned after its last delivery.
                logger.LogError(e, "A message could not be handled");
            }

            await Task.Delay(idle, time, stoppingToken);
            idle = TimeSpan.FromTicks(Math.Min(options.MaxPolling.Ticks, idle.Ticks * 2));
        }
    }

    private async Task HandleAsync(QueueMessage message, CancellationToken stoppingToken)
    {
        var text = message.Body.ToString();
        if (NewerJobs.IsNewer(text) && await Newer.TryPutBackAsync(text, stoppingToken))
        {
            logger.LogWarning("Message {MessageId} is of a newer version; it waits for a newer worker", message.MessageId);
            await _jobs.DeleteMessageAsync(message.MessageId, message.PopReceipt, stoppingToken);
            return;
        }

        if (Parse(message) is not { } job)
        {
            WorkerTelemetry.Poisoned("none");
            await _poison.SendMessageAsync(message.Body, cancellationToken: stoppingToken);
            await _jobs.DeleteMessageAsync(message.MessageId, message.PopReceipt, stoppingToken);
            return;
        }

        if (await store.ExistsAsync(BlobPath.Parse(job.OutputBlob), stoppingToken))
        {
            // The sender of a second message may not know the result yet.
            await ReplyAsync(job, stoppingToken);
            await _jobs.DeleteMessageAsync(message.MessageId, message.PopReceipt, stoppingToken);
            return;
        }

        if (await store.ExistsAsync(BlobLayout.JobCancel(job.JobId), stoppingToken))
        {
            logger.LogInformation("Job {JobId} was cancelled before it began", job.JobId);
            await _jobs.DeleteMessageAsync(message.MessageId, message.PopReceipt, stoppingToken);
            return;
        }

        await using var claim =
            await JobClaim.TryTakeAsync(blobs, BlobPath.Parse(job.InputBlob), JobClaim.Duration(options.Visibility), stoppingToken);
        if (claim is null) await PutBackAsync(job, message, stoppingToken);
        else if (Deliveries(job, message) > MaxDeliveries) await PoisonUnlessAdvancedAsync(job, message, stoppingToken);
        else await DoAsync(job, message, claim, stoppingToken);
    }

    private async Task DoAsync(WorkerJob job, QueueMessage message, JobClaim claim, CancellationToken stoppingToken)
    {
        using var span = WorkerTelemetry.Start(job);
        using var lease = new MessageLease(_jobs, store, message, job.JobId, claim, options, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lease.Lost);
        var renewal = lease.RenewAsync(linked.Token);
        try
        {
            logger.LogInformation("Job {JobId} ({Kind}) starts", job.JobId, job.Kind);
            if (Deliveries(job, message) is var delivery and > 1) await NoteTakeAsync(job, delivery, linked.Token);
            var result = await runner.RunAsync(job, linked.Token);
            WorkerTelemetry.Ended(span, job, result);
            await ReplyAsync(job, stoppingToken);
            logger.LogInformation(
                "Job {JobId} ({Kind}) ended after {Seconds:F1} s: {Outcome}", job.JobId, job.Kind, result.Seconds, result.Error ?? "done");
            await lease.CompleteAsync(stoppingToken);
        }
        catch (NewerJobException e)
        {
            logger.LogWarning("Job {JobId} ({Kind}) waits for a newer worker: {Reason}", job.JobId, job.Kind, e.Message);
            if (!await Newer.TryPutBackAsync(message.Body.ToString(), stoppingToken))
                await FailAsync(job, message, $"No worker was new enough for the job: {e.Message}", stoppingToken);
            await lease.CompleteAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            logger.LogInformation("Job {JobId} was given up: cancelled, or taken by another worker", job.JobId);
            if (lease.Cancelled) await lease.CompleteAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The claim first: who receives the message must find the job free.
            await linked.CancelAsync();
            await renewal;
            await claim.DisposeAsync();
            await lease.GiveBackAsync();
            logger.LogInformation("Job {JobId} is given back: this worker was told to end", job.JobId);
            throw;
        }
        finally
        {
            await linked.CancelAsync();
            await renewal;
        }
    }

    // For whoever looks at the search: its claim lets this worker alone write.
    private async Task NoteTakeAsync(WorkerJob job, int delivery, CancellationToken cancellationToken)
    {
        var path = BlobLayout.JobTakes(job.JobId);
        var before = await store.TryReadJsonAsync<List<JobTake>>(path, cancellationToken) ?? [];
        await store.WriteJsonAsync(path, before.Append(new JobTake(time.GetUtcNow(), delivery)).ToList(), cancellationToken);
    }

    // Another worker runs the job, or has just died while it ran it. A copy of the message looks again later. This delivery does
    // not count, earlier ones do.
    private async Task PutBackAsync(WorkerJob job, QueueMessage message, CancellationToken cancellationToken)
    {
        var copy = job with { Deliveries = Deliveries(job, message) - 1 };
        await _jobs.SendMessageAsync(
            JsonSerializer.Serialize(copy, Json.Options), options.Visibility / 2, cancellationToken: cancellationToken);
        await _jobs.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellationToken);
    }

    private static int Deliveries(WorkerJob job, QueueMessage message) =>
        (int)Math.Min(message.DequeueCount, MaxDeliveries + 1) + (job.Deliveries ?? 0);

    // A long job may lose its machine again and again. It is no poison while each round gets further.
    private async Task PoisonUnlessAdvancedAsync(WorkerJob job, QueueMessage message, CancellationToken cancellationToken)
    {
        var mark = BlobLayout.JobMark(job.JobId);
        var checkpoint = await store.TryReadAsync(BlobLayout.JobCheckpoint(job.JobId), cancellationToken);
        var reached = checkpoint is null ? [] : SHA256.HashData(checkpoint);
        var before = await store.TryReadAsync(mark, cancellationToken) ?? [];
        if (reached.AsSpan().SequenceEqual(before))
        {
            await PoisonAsync(job, message, cancellationToken);
            return;
        }

        logger.LogInformation("Job {JobId} ({Kind}) was delivered {Count} times, but got further: it goes on", job.JobId, job.Kind,
            Deliveries(job, message) - 1);
        await store.WriteAsync(mark, reached, cancellationToken);
        await _jobs.SendMessageAsync(
            JsonSerializer.Serialize(job with { Deliveries = null }, Json.Options), cancellationToken: cancellationToken);
        await _jobs.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellationToken);
    }

    private async Task PoisonAsync(WorkerJob job, QueueMessage message, CancellationToken cancellationToken)
    {
        logger.LogError(
            "Job {JobId} ({Kind}) was delivered {Count} times without a result", job.JobId, job.Kind, Deliveries(job, message) - 1);
        WorkerTelemetry.Poisoned(job.Kind);
        await FailAsync(job, message, $"The job was delivered {MaxDeliveries} times and no worker finished it.", cancellationToken);
        await _jobs.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellationToken);
    }

    private async Task FailAsync(WorkerJob job, QueueMessage message, string error, CancellationToken cancellationToken)
    {
        var result = new JobResult(job.JobId, job.Kind, null, error, 0, "none");
        await store.TryCreateAsync(
            BlobPath.Parse(job.OutputBlob), JsonSerializer.SerializeToUtf8Bytes(result, Json.Options), cancellationToken);
        await _poison.SendMessageAsync(message.Body, cancellationToken: cancellationToken);
        // The reply goes first. If the message went first, a kill in between would leave the search waiting.
        await ReplyAsync(job, cancellationToken);
    }

    private Task ReplyAsync(WorkerJob job, CancellationToken cancellationToken) =>
        _replies.SendMessageAsync(
            JsonSerializer.Serialize(new WorkerReply(job.JobId, job.InstanceId, Activity.Current?.Id), Json.Options), cancellationToken);

    private WorkerJob? Parse(QueueMessage message)
    {
        try
        {
            return WorkerJob.Parse(message.Body.ToString());
        }
        catch (DataFormatException e)
        {
            logger.LogError("Message {MessageId} is not a job: {Reason}", message.MessageId, e.Message);
            return null;
        }
    }
}
