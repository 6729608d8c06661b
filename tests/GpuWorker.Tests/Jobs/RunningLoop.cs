using System.Text.Json;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.FunctionsRuntime.Tests.Storage;
using HsNas.GpuWorker.Jobs;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using HsNas.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using TorchSharp;

namespace HsNas.GpuWorker.Tests.Jobs;

/// <summary>A running loop with queues and containers emptied of earlier tests.</summary>
internal sealed class RunningLoop : IAsyncDisposable
{
    /// <summary>How long its messages stay invisible.</summary>
    public static readonly TimeSpan Visibility = TimeSpan.FromSeconds(1);

    private readonly WorkerLoop _loop;
    private readonly QueueServiceClient _queues;
    private bool _ended;

    private RunningLoop(string connection, IJobHandler handler, TimeSpan visibility, TimeSpan? newerPatience)
    {
        var account = StorageAccount.Of(connection);
        (_queues, Blobs) = (account.CreateQueues(), account.CreateBlobs());
        Store = new BlobArtifactStore(Blobs);
        var options = new WorkerOptions { Visibility = visibility };
        if (newerPatience is { } patience) options = options with { NewerPatience = patience };
        _loop = new WorkerLoop(
            _queues, Blobs, Store, new JobRunner(Store, [handler], torch.CPU, TimeProvider.System), options, TimeProvider.System,
            NullLogger<WorkerLoop>.Instance);
    }

    public BlobServiceClient Blobs { get; }

    public BlobArtifactStore Store { get; }

    public static async Task<RunningLoop> StartAsync(
        Azurite azurite, IJobHandler handler, TimeSpan? newerPatience = null, bool clears = true, TimeSpan? visibility = null)
    {
        var loop = new RunningLoop(azurite.ConnectionString, handler, visibility ?? Visibility, newerPatience);
        foreach (var name in BlobLayout.Queues)
        {
            await loop.Queue(name).CreateIfNotExistsAsync();
            if (clears) await loop.Queue(name).ClearMessagesAsync();
        }

        await loop._loop.StartAsync(CancellationToken.None);
        return loop;
    }

    public async Task<WorkerJob> SubmitAsync(string kind, string input = "{}", params (string Name, string Value)[] more)
    {
        var id = Hashing.Fingerprint(kind, input, Guid.NewGuid().ToString());
        await Store.WriteTextAsync(BlobLayout.JobInput(id), input);
        var job = new WorkerJob(
            WorkerJob.CurrentSchema, id, kind, "test", BlobLayout.JobInput(id).ToString(), BlobLayout.JobOutput(id).ToString());
        var message = JsonSerializer.SerializeToNode(job, Json.Options)!;
        foreach (var (name, value) in more) message[name] = value;
        await SendTextAsync(message.ToJsonString());
        return job;
    }

    /// <summary>The text of a message that was put back for a newer worker, once there is one.</summary>
    public async Task<string> WaitingAsync()
    {
        string? found = null;
        await UntilAsync(async () =>
        {
            return (found = (await VisibleAsync()).FirstOrDefault(m => m.Contains("\"waits\"", StringComparison.Ordinal))) is not null;
        });
        return found!;
    }

    public Task SendAsync(WorkerJob job) => SendTextAsync(JsonSerializer.Serialize(job, Json.Options));

    public Task SendTextAsync(string text) => Queue(BlobLayout.JobQueue).SendMessageAsync(text);

    public Task<JobResult> ResultAsync(WorkerJob job) => Store.ReadJsonAsync<JobResult>(BlobPath.Parse(job.OutputBlob));

    public Task RepliesAsync(int count) => UntilAsync(async () => await ReplyCountAsync() == count);

    public async Task<int> ReplyCountAsync() => (await Queue(BlobLayout.ReplyQueue).PeekMessagesAsync(32)).Value.Length;

    public async Task<string[]> PoisonAsync() =>
        [.. (await Queue(BlobLayout.JobQueue + "-poison").PeekMessagesAsync(32)).Value.Select(m => m.Body.ToString())];

    /// <summary>Texts of the messages that a worker could take now.</summary>
    public async Task<string[]> VisibleAsync() =>
        [.. (await Queue(BlobLayout.JobQueue).PeekMessagesAsync(32)).Value.Select(m => m.Body.ToString())];

    /// <summary>Tells the loop to end, as a host does, and waits for that.</summary>
    public Task EndAsync()
    {
        _ended = true;
        return _loop.StopAsync(CancellationToken.None);
    }

    // Hidden messages count too, so an empty queue means that the loop deleted them.
    public Task EmptyAsync() =>
        UntilAsync(async () => (await Queue(BlobLayout.JobQueue).GetPropertiesAsync()).Value.ApproximateMessagesCount == 0);

    public async ValueTask DisposeAsync()
    {
        // The loop ended by itself only if an exception ended it.
        Assert.Equal(_ended, _loop.ExecuteTask!.IsCompleted);
        await _loop.StopAsync(CancellationToken.None);
        _loop.Dispose();
    }

    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(180));
        while (!await condition()) await Task.Delay(50, limit.Token);
    }

    private QueueClient Queue(string name) => _queues.GetQueueClient(name);
}
