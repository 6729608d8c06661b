using Azure.Storage.Queues;
using HsNas.Containers.Tests.Compose;
using HsNas.Containers.Tests.Engine;
using HsNas.EndToEnd.Tests.Support;
using HsNas.Kernel.Stores;
using HsNas.Local.Stack.Processes;
using HsNas.Local.Stack.Storage;
using HsNas.Storage;
using HsNas.Trials;

namespace HsNas.Containers.Tests.Support;

/// <summary>Images and containers of compose.yaml, once for all tests.</summary>
public sealed class RunningContainers : IAsyncLifetime
{
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal)
    {
        ["REGISTRY"] = BaseImages.Registry,
        ["HSNAS_PORT"] = $"{LoopbackPorts.Find()}",
        ["HSNAS_BLOB_PORT"] = $"{LoopbackPorts.Find()}",
        ["HSNAS_QUEUE_PORT"] = $"{LoopbackPorts.Find()}",
        ["HSNAS_LATENCY_ARCHITECTURES"] = "12",
        ["HSNAS_VERIFICATION_PASSES"] = "1",
        ["HSNAS_WORKER_VISIBILITY"] = "00:00:10",
    };

    internal Podman Podman { get; } = new(Path.Combine(Checkouts.Root, ".hsnas", "containers"));

    internal ContainerStack Stack { get; private set; } = null!;

    internal ComposeFile Compose { get; private set; } = null!;

    internal HttpClient Http { get; private set; } = null!;

    internal SystemSearches Searches { get; private set; } = null!;

    internal QueueServiceClient Queues { get; private set; } = null!;

    /// <summary>compose.yaml with other values of variables.</summary>
    internal ComposeFile ComposeWith(string variable, string value) =>
        Checkouts.Compose(new Dictionary<string, string>(_variables, StringComparer.Ordinal) { [variable] = value });

    public async Task InitializeAsync()
    {
        Compose = Checkouts.Compose(_variables);
        await Podman.ClearAsync();
        await new BaseImages(Podman).MakeAsync();
        await ProgramImages.BuildAsync(Podman, Compose, Checkouts.Root);
        Stack = new ContainerStack(Podman, Compose);
        await Stack.StartAsync();
        await Stack.ListensAsync("storage", 10000);
        await Stack.ListensAsync("storage", 10001);
        await Stack.ListensAsync("model", 8081);
        await Stack.ListensAsync("functions", 8080);
        await UploadAsync();
        Http = new HttpClient
        {
            BaseAddress = new Uri($"http://127.0.0.1:{_variables["HSNAS_PORT"]}"), Timeout = TimeSpan.FromSeconds(30),
        };
        Searches = new SystemSearches(Http, () => Stack.LogsAsync().GetAwaiter().GetResult());
    }

    public async Task DisposeAsync()
    {
        Http?.Dispose();
        await Podman.ClearAsync();
        Podman.Dispose();
    }

    // As a user does it: through the ports of this machine that the file opens.
    private async Task UploadAsync()
    {
        var connection = Compose.Services["worker"].Environment["AzureWebJobsStorage"]
            .Replace("storage:10000", $"127.0.0.1:{_variables["HSNAS_BLOB_PORT"]}", StringComparison.Ordinal)
            .Replace("storage:10001", $"127.0.0.1:{_variables["HSNAS_QUEUE_PORT"]}", StringComparison.Ordinal);
        await new StorageSetup(connection).CreateContainersAsync(CancellationToken.None);
        var account = StorageAccount.Of(connection);
        Queues = account.CreateQueues();
        var store = new BlobArtifactStore(account.CreateBlobs());
        foreach (var task in new[] { MicroTask.Plain, MicroTask.Endless }) await task.UploadAsync(store);
    }
}

/// <summary>One set of containers for all tests, which run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class ContainerCollection : ICollectionFixture<RunningContainers>
{
    public const string Name = "containers";
}
