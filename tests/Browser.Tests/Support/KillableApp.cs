using HsNas.FunctionsRuntime.Tests.Storage;
using HsNas.Kernel.Stores;
using HsNas.Local.Stack.Processes;
using HsNas.Storage;

namespace HsNas.Browser.Tests.Support;

/// <summary>The function app as a process of its own, on storage of its own and without a worker, that a test can kill.</summary>
internal sealed class KillableApp : IAsyncDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"hsnas-killable-{Guid.NewGuid():N}");
    private readonly Azurite _azurite = new();
    private readonly int _port = LoopbackPorts.Find();
    private ChildProcess? _process;

    private KillableApp() => Http = new HttpClient { BaseAddress = Address };

    /// <summary>Where it listens; the same after a kill.</summary>
    public Uri Address => new($"http://127.0.0.1:{_port}/");

    /// <summary>Asks with the host key.</summary>
    public HttpClient Http { get; }

    /// <summary>Its storage.</summary>
    public IArtifactStore Store => new BlobArtifactStore(StorageAccount.Of(_azurite.ConnectionString).CreateBlobs());

    /// <summary>The storage and the process.</summary>
    public static async Task<KillableApp> StartAsync()
    {
        var app = new KillableApp();
        app.Http.DefaultRequestHeaders.Add("x-functions-key", Stage.HostKey);
        await app._azurite.InitializeAsync();
        await app.AgainAsync();
        return app;
    }

    /// <summary>Starts the process, on the same port and the same task hub as the one before.</summary>
    public async Task AgainAsync()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Parent!.Name;
        var program = BuildOutput.Find("The function app", Images.Checkout, "functions", "HsNas.Functions", configuration);
        _process = ChildProcess.Start("functions", "dotnet", [program], new()
        {
            ["ASPNETCORE_URLS"] = Address.ToString().TrimEnd('/'),
            ["AzureWebJobsStorage"] = _azurite.ConnectionString,
            ["DurableTask__LocalStorePath"] = Path.Combine(_folder, "durable.db"),
            ["FunctionKeys__default"] = Stage.HostKey,
            ["RedistilSchedule"] = "0 0 3 1 1 *",
        });
        await _process.ListensAsync(_port);
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        await _process!.DisposeAsync();
        _process = null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_process is not null) await _process.DisposeAsync();
        await _azurite.DisposeAsync();
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }
}
