using System.Text.Json;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Contracts.Supernets;
using HsNas.FunctionsRuntime.Tests.Storage;
using HsNas.GpuWorker.Jobs;
using HsNas.GpuWorker.Tests.Support;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using TorchSharp;

namespace HsNas.GpuWorker.Tests.Jobs;

/// <summary>The loop against real queues and blobs.</summary>
public sealed class WorkerLoopTests(Azurite azurite) : IClassFixture<Azurite>
{
    private static readonly TimeSpan Visibility = RunningLoop.Visibility;

    [Fact]
    public async Task A_job_is_answered_twice_and_done_once_when_its_message_comes_twice()
    {
        var handler = new Counting();
        await using var loop = await RunningLoop.StartAsync(azurite, handler);
        var job = await loop.SubmitAsync(handler.Kind);
        await loop.SendAsync(job);
        await loop.RepliesAsync(2);
        Assert.Equal(1, handler.Calls);
        Assert.Null((await loop.ResultAsync(job)).Error);
        Assert.False(await loop.Store.ExistsAsync(BlobLayout.JobTakes(job.JobId)));
        await loop.EmptyAsync();
    }

    [Fact]
    public async Task A_job_becomes_an_error_a_reply_and_a_poison_message_when_it_is_delivered_five_times()
    {
        // The fault looks like one of storage, so the message is left to appear again every time.
        var handler = new Counting { Failure = new IOException("the disk is gone") };
        await using var loop = await RunningLoop.StartAsync(azurite, handler);
        var job = await loop.SubmitAsync(handler.Kind);
        await loop.RepliesAsync(1);
        Assert.Equal(5, handler.Calls);
        Assert.Contains("delivered 5 times", (await loop.ResultAsync(job)).Error!, StringComparison.Ordinal);
        var again = await loop.Store.ReadJsonAsync<List<JobTake>>(BlobLayout.JobTakes(job.JobId));
        Assert.Equal([2, 3, 4, 5], again.Select(t => t.Delivery));
        Assert.Equal(job, JsonSerializer.Deserialize<WorkerJob>(Assert.Single(await loop.PoisonAsync()), Json.Options));
        await loop.EmptyAsync();
    }

    [Fact]
    public async Task A_job_becomes_poison_when_deliveries_no_longer_get_it_further()
    {
        var handler = new Advancing { Advances = 7 };
        await using var loop = await RunningLoop.StartAsync(azurite, handler);
        var job = await loop.SubmitAsync(handler.Kind);
        await loop.RepliesAsync(1);
        // Five deliveries end further on, five more do, and five after those do not.
        Assert.Equal(15, handler.Calls);
        Assert.Contains("delivered 5 times", (await loop.ResultAsync(job)).Error!, StringComparison.Ordinal);
        Assert.Single(await loop.PoisonAsync());
        await loop.EmptyAsync();
    }

    [Fact]
    public async Task A_message_goes_to_poison_and_the_next_job_is_done_when_it_is_garbage()
    {
        var handler = new Counting();
        await using var loop = await RunningLoop.StartAsync(azurite, handler);
        string[] garbage = ["not json", "{}", "null",
            """{"schema":1,"jobId":"x","kind":"k","instanceId":"i","inputBlob":"no-slash","outputBlob":"jobs/x"}"""];
        foreach (var text in garbage) await loop.SendTextAsync(text);
        await loop.SubmitAsync(handler.Kind);
        await loop.RepliesAsync(1);
        Assert.Equal(1, handler.Calls);
        Assert.Equal(garbage.Order(StringComparer.Ordinal), (await loop.PoisonAsync()).Order(StringComparer.Ordinal));
        await loop.EmptyAsync();
    }

    [Fact]
    public async Task A_running_training_stops_without_a_result_when_it_is_cancelled()
    {
        await using var loop = await RunningLoop.StartAsync(azurite, new TrainSupernetJobHandler(torch.CPU));
        await ToyStore.PrepareAsync(loop.Store);
        var input = new TrainSupernetInput("toy", "toyhash", SupernetKinds.Hat, 1_000_000, 10, 1);
        var job = await loop.SubmitAsync(JobKinds.TrainSupernet, JsonSerializer.Serialize(input, Json.Options));
        await RunningLoop.UntilAsync(() => loop.Store.ExistsAsync(BlobLayout.JobProgress(job.JobId)));
        await loop.Store.WriteTextAsync(BlobLayout.JobCancel(job.JobId), "");
        await loop.EmptyAsync();
        Assert.False(await loop.Store.ExistsAsync(BlobPath.Parse(job.OutputBlob)));
        Assert.Equal(0, await loop.ReplyCountAsync());
    }

    [Fact]
    public async Task A_job_keeps_its_message_when_it_takes_longer_than_the_visibility()
    {
        var handler = new Counting { Duration = 4 * Visibility };
        await using var loop = await RunningLoop.StartAsync(azurite, handler);
        await loop.SubmitAsync(handler.Kind);
        await loop.RepliesAsync(1);
        Assert.Equal(1, handler.Calls);
        await loop.EmptyAsync();
    }

    [Fact]
    public async Task A_duplicate_waits_when_another_worker_runs_its_job()
    {
        var handler = new Counting { Duration = 3 * Visibility };
        await using var first = await RunningLoop.StartAsync(azurite, handler);
        await using var second = await RunningLoop.StartAsync(azurite, handler);
        var job = await first.SubmitAsync(handler.Kind);
        await RunningLoop.UntilAsync(() => Task.FromResult(handler.Calls == 1));
        for (var copy = 0; copy < 3; copy++) await first.SendAsync(job);
        await first.RepliesAsync(4);
        Assert.Equal(1, handler.Calls);
        Assert.Empty(await first.PoisonAsync());
        await first.EmptyAsync();
    }

    [Fact]
    public async Task The_claim_of_a_worker_ends_by_itself_when_the_worker_is_dead()
    {
        var handler = new Counting();
        await using var loop = await RunningLoop.StartAsync(azurite, handler);
        var dead = Hashing.Fingerprint("dead");
        await loop.Store.WriteTextAsync(BlobLayout.JobInput(dead), "{}");
        Assert.NotNull(
            await JobClaim.TryTakeAsync(loop.Blobs, BlobLayout.JobInput(dead), JobClaim.Duration(Visibility), CancellationToken.None));
        Assert.Null(
            await JobClaim.TryTakeAsync(loop.Blobs, BlobLayout.JobInput(dead), JobClaim.Duration(Visibility), CancellationToken.None));
        await loop.SendAsync(new WorkerJob(
            WorkerJob.CurrentSchema, dead, handler.Kind, "test", BlobLayout.JobInput(dead).ToString(),
            BlobLayout.JobOutput(dead).ToString()));
        await loop.RepliesAsync(1);
        Assert.Equal(1, handler.Calls);
        Assert.Empty(await loop.PoisonAsync());
    }

    [Fact]
    public async Task A_job_is_not_begun_when_it_was_cancelled()
    {
        var handler = new Counting();
        await using var loop = await RunningLoop.StartAsync(azurite, handler);
        var unwanted = Hashing.Fingerprint("unwanted");
        await loop.Store.WriteTextAsync(BlobLayout.JobInput(unwanted), "{}");
        await loop.Store.WriteTextAsync(BlobLayout.JobCancel(unwanted), "");
        await loop.SendAsync(new WorkerJob(
            WorkerJob.CurrentSchema, unwanted, handler.Kind, "test", BlobLayout.JobInput(unwanted).ToString(),
            BlobLayout.JobOutput(unwanted).ToString()));
        await loop.EmptyAsync();
        Assert.Equal(0, handler.Calls);
        Assert.Equal(0, await loop.ReplyCountAsync());
    }

    [Fact]
    public async Task A_job_is_free_for_another_worker_at_once_when_its_worker_is_told_to_end()
    {
        var handler = new Counting { Duration = TimeSpan.FromHours(1) };
        await using var loop = await RunningLoop.StartAsync(azurite, handler, visibility: TimeSpan.FromHours(1));
        var job = await loop.SubmitAsync(handler.Kind);
        await RunningLoop.UntilAsync(() => Task.FromResult(handler.Calls == 1));
        Assert.Empty(await loop.VisibleAsync());

        await loop.EndAsync();

        Assert.Equal(job, JsonSerializer.Deserialize<WorkerJob>(Assert.Single(await loop.VisibleAsync()), Json.Options));
        Assert.NotNull(await JobClaim.TryTakeAsync(
            loop.Blobs, BlobPath.Parse(job.InputBlob), JobClaim.Duration(Visibility), CancellationToken.None));
        Assert.False(await loop.Store.ExistsAsync(BlobPath.Parse(job.OutputBlob)));
    }

    // It leaves a checkpoint that changes in the first calls, and never finishes.
    private sealed class Advancing : IJobHandler
    {
        public required int Advances { get; init; }

        public int Calls { get; private set; }

        public string Kind => "advance";

        public async Task<object> RunAsync(JobContext job, JsonElement input, CancellationToken cancellationToken)
        {
            Calls++;
            await job.Store.WriteTextAsync(BlobLayout.JobCheckpoint(job.JobId), $"{Math.Min(Calls, Advances)}", cancellationToken);
            throw new IOException("the machine was taken away");
        }
    }

    private sealed class Counting : IJobHandler
    {
        public string Kind => "count";

        public int Calls { get; private set; }

        public Exception? Failure { get; init; }

        public TimeSpan Duration { get; init; }

        public async Task<object> RunAsync(JobContext job, JsonElement input, CancellationToken cancellationToken)
        {
            Calls++;
            await Task.Delay(Duration, cancellationToken);
            return Failure is null ? new { calls = Calls } : throw Failure;
        }
    }
}
