using Azure.Storage.Queues;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Functions.Jobs;
using HsNas.Functions.Tests.Support;
using HsNas.FunctionsRuntime.Tests.Storage;
using HsNas.Kernel;
using HsNas.Kernel.Jobs;
using HsNas.Kernel.Stores;
using Microsoft.Azure.Functions.Worker;
using Moq;

namespace HsNas.Functions.Tests.Jobs;

public sealed class WorkerJobsTests(Azurite azurite) : IClassFixture<Azurite>, IDisposable
{
    private static readonly ScoreInput Input = new("task", "data", "checkpoints/x", []);

    private readonly TemporaryStore _blobs = new();

    public void Dispose() => _blobs.Dispose();

    [Fact]
    public async Task A_job_is_sent_once_submitted_and_not_again_once_done()
    {
        var (jobs, queue) = await CreateAsync();
        var job = await jobs.SubmitAsync(JobKinds.Score, Input, "waiter", CancellationToken.None);
        Assert.False(job.Done);
        var message = Assert.Single(await TakeAsync(queue));
        Assert.Equal((job.JobId, "score", "waiter"), (message.JobId, message.Kind, message.InstanceId));

        await EndAsync(job, error: null);

        Assert.Equal(job with { Done = true }, await jobs.SubmitAsync(JobKinds.Score, Input, "other", CancellationToken.None));
        Assert.Empty(await TakeAsync(queue));
    }

    [Fact]
    public async Task A_failed_job_is_tried_again_for_who_asks_again()
    {
        var (jobs, queue) = await CreateAsync();
        var job = await jobs.SubmitAsync(JobKinds.Score, Input, "waiter", CancellationToken.None);
        await EndAsync(job, "out of memory");
        Assert.Equal(new JobOutcome(true, "out of memory"), await jobs.CheckAsync(job, CancellationToken.None));
        await TakeAsync(queue);

        await jobs.SubmitAsync(JobKinds.Score, Input, "other", CancellationToken.None);

        Assert.Single(await TakeAsync(queue));
        Assert.False((await jobs.CheckAsync(job, CancellationToken.None)).Done);
    }

    [Fact]
    public async Task An_earlier_cancellation_does_not_stop_who_asks_again()
    {
        var (jobs, _) = await CreateAsync();
        var job = await jobs.SubmitAsync(JobKinds.Score, Input, "waiter", CancellationToken.None);
        await jobs.CancelAsync(job.JobId, CancellationToken.None);

        await jobs.SubmitAsync(JobKinds.Score, Input, "other", CancellationToken.None);

        Assert.False(await jobs.IsCancelledAsync(job, CancellationToken.None));
    }

    [Fact]
    public async Task A_finished_job_tells_when_it_was_taken_once_more()
    {
        var (jobs, _) = await CreateAsync();
        var job = await jobs.SubmitAsync(JobKinds.Score, Input, "waiter", CancellationToken.None);
        var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await _blobs.Store.WriteJsonAsync(BlobLayout.JobTakes(job.JobId), new List<JobTake> { new(at, 2) });
        Assert.Null((await jobs.CheckAsync(job, CancellationToken.None)).Taken);

        await EndAsync(job, error: null);

        Assert.Equal([at], (await jobs.CheckAsync(job, CancellationToken.None)).Taken);
    }

    [Fact]
    public async Task Looks_in_vain_send_the_message_again_every_sixth_time()
    {
        var (jobs, queue) = await CreateAsync();
        var job = await jobs.SubmitAsync(JobKinds.Score, Input, "waiter", CancellationToken.None, send: false);
        var sent = new List<int>();
        for (var look = 1; look <= 13; look++)
        {
            await LookAsync(jobs, job, look, progress: null);
            if ((await TakeAsync(queue)).Count > 0) sent.Add(look);
        }

        Assert.Equal([6, 12], sent);
    }

    [Fact]
    public async Task A_job_that_moves_is_not_sent_again_and_one_that_stands_is()
    {
        var (jobs, queue) = await CreateAsync();
        var job = await jobs.SubmitAsync(JobKinds.Score, Input, "waiter", CancellationToken.None, send: false);
        await _blobs.Store.WriteJsonAsync(BlobLayout.JobProgress(job.JobId), new JobProgress(50, 100, "steps", null));

        Assert.Equal(50, (await LookAsync(jobs, job, look: 6, progress: 40)).Progress);
        Assert.Empty(await TakeAsync(queue));
        await LookAsync(jobs, job, look: 6, progress: 50);
        Assert.Single(await TakeAsync(queue));
    }

    [Fact]
    public async Task A_job_cancelled_by_another_search_is_sent_again_at_once()
    {
        var (jobs, queue) = await CreateAsync();
        var job = await jobs.SubmitAsync(JobKinds.Score, Input, "waiter", CancellationToken.None, send: false);
        await jobs.CancelAsync(job.JobId, CancellationToken.None);

        await LookAsync(jobs, job, look: 1, progress: null);

        Assert.Equal("waiter", Assert.Single(await TakeAsync(queue)).InstanceId);
        Assert.False(await jobs.IsCancelledAsync(job, CancellationToken.None));
    }

    private static Task<JobOutcome> LookAsync(WorkerJobs jobs, JobRef job, int look, long? progress) =>
        new CheckJobActivity(jobs).RunAsync(new CheckJobInput(job, "waiter", look, progress), Mock.Of<FunctionContext>());

    private async Task<(WorkerJobs Jobs, QueueClient Queue)> CreateAsync()
    {
        var service = new QueueServiceClient(
            azurite.ConnectionString, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        var queue = service.GetQueueClient(BlobLayout.JobQueue);
        await queue.CreateIfNotExistsAsync();
        await queue.ClearMessagesAsync();
        return (new WorkerJobs(_blobs.Store, service), queue);
    }

    private static async Task<IReadOnlyList<WorkerJob>> TakeAsync(QueueClient queue)
    {
        var taken = new List<WorkerJob>();
        while (await queue.ReceiveMessageAsync() is { Value: { } message })
        {
            taken.Add(message.Body.ToObjectFromJson<WorkerJob>(Json.Options)!);
            await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
        }

        return taken;
    }

    private Task EndAsync(JobRef job, string? error)
    {
        var value = error is null ? System.Text.Json.JsonSerializer.SerializeToElement(new { }) : (System.Text.Json.JsonElement?)null;
        return _blobs.Store.WriteJsonAsync(BlobLayout.JobOutput(job.JobId), new JobResult(job.JobId, job.Kind, value, error, 1, "cpu"));
    }
}
