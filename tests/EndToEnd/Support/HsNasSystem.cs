using Azure.Storage.Queues;
using HsNas.Kernel.Stores;
using HsNas.Local.Stack.Processes;
using HsNas.Local.Stack;
using HsNas.Storage;

namespace HsNas.EndToEnd.Tests.Support;

/// <summary>Function app and one worker as processes, on a storage account of their own.</summary>
internal sealed class HsNasSystem : IAsyncDisposable
{
    private readonly string _connection;
    private readonly string _model;
    private readonly Dictionary<string, string> _settings;
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"hsnas-system-{Guid.NewGuid():N}");
    private readonly int _port = LoopbackPorts.Find();
    private readonly List<string> _earlierLogs = [];
    private ChildProcess? _functions;
    private ChildProcess? _worker;

    private HsNasSystem(string connection, string modelEndpoint, Dictionary<string, string> settings)
    {
        (_connection, _model, _settings) = (connection, modelEndpoint, settings);
        var account = StorageAccount.Of(connection);
        Store = new BlobArtifactStore(account.CreateBlobs());
        Queues = account.CreateQueues();
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_port}"), Timeout = TimeSpan.FromSeconds(30) };
        Searches = new SystemSearches(Http, () => Logs);
    }

    /// <summary>A system that is not started; settings are the function app's, beside those that every test uses.</summary>
    public static HsNasSystem On(string connection, string modelEndpoint, Dictionary<string, string>? settings = null) =>
        new(connection, modelEndpoint, settings ?? []);

    public IArtifactStore Store { get; }

    public QueueServiceClient Queues { get; }

    public HttpClient Http { get; }

    public SystemSearches Searches { get; }

    public string Logs => string.Join('\n', [.. _earlierLogs, _functions?.Log ?? "", _worker?.Log ?? ""]);

    public async Task StartAsync()
    {
        StartWorker();
        await StartFunctionsAsync();
    }

    public async Task StartFunctionsAsync()
    {
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = Http.BaseAddress!.ToString().TrimEnd('/'),
            ["AzureWebJobsStorage"] = _connection,
            ["DurableTask__LocalStorePath"] = Path.Combine(_folder, "durable.db"),
            ["RedistilSchedule"] = "0 0 3 1 1 *",
            ["Llm__Endpoint"] = _model,
            ["Llm__Model"] = "in-context-regression",
            ["Llm__ApiKey"] = "local",
            ["Llm__BatchSize"] = "10",
            ["Pipeline__LatencyArchitectures"] = "12",
            ["Pipeline__LatencyRuns"] = "2",
            ["Pipeline__VerificationRuns"] = "2",
            ["Pipeline__ScoreJobs"] = "2",
        };
        foreach (var (name, value) in _settings) environment[name] = value;
        _functions = ChildProcess.Start("functions", "dotnet", [Programs.Output("functions", "HsNas.Functions")], environment);
        await _functions.ListensAsync(_port);
    }

    public void StartWorker() => _worker =
        ChildProcess.Start("worker", "dotnet", [Programs.Output("gpu-worker", "HsNas.GpuWorker")], new(WorkerEnvironment.Variables)
    {
        ["AzureWebJobsStorage"] = _connection,
        ["Worker__Visibility"] = "00:00:04",
    });

    /// <summary>Ends the function app as an operator does.</summary>
    public async Task StopFunctionsAsync()
    {
        await _functions!.StopAsync();
        _earlierLogs.Add(Logs);
        await _functions.DisposeAsync();
        _functions = null;
    }

    /// <summary>kill -9 of both processes at once.</summary>
    public async Task KillAsync()
    {
        _earlierLogs.Add(Logs);
        foreach (var child in new[] { _functions, _worker })
            if (child is not null) await child.DisposeAsync();
        (_functions, _worker) = (null, null);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Http.Dispose();
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }
}
