using System.Collections.Concurrent;
using HsNas.Kernel.Stores;
using HsNas.Storage;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HsNas.Functions.Tests.Support;

/// <summary>The whole function app in this process, over real HTTP and a storage emulator, started as its Program does.</summary>
internal sealed class FunctionApp : IAsyncDisposable, ILoggerProvider
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"hsnas-app-{Guid.NewGuid():N}");
    private IHost? _host;

    private FunctionApp(string connection)
    {
        var account = StorageAccount.Of(connection);
        (Store, Queues) = (new BlobArtifactStore(account.CreateBlobs()), account.CreateQueues());
    }

    public HttpClient Http { get; private set; } = null!;

    public IArtifactStore Store { get; }

    public Azure.Storage.Queues.QueueServiceClient Queues { get; }

    /// <summary>Everything that was logged, one entry an event.</summary>
    public ConcurrentQueue<(LogLevel Level, string Text)> Logs { get; } = new();

    /// <summary>The app's services, for what no client can ask for.</summary>
    public IServiceProvider Services => _host!.Services;

    public static Task<FunctionApp> StartAsync(string connection, params (string Key, string Value)[] settings) =>
        StartAsync(connection, _ => { }, settings);

    /// <summary>Starts one with services of the test's own, which replace the app's.</summary>
    public static async Task<FunctionApp> StartAsync(
        string connection, Action<IServiceCollection> services, params (string Key, string Value)[] settings)
    {
        var app = new FunctionApp(connection);
        var builder = FunctionsApplication.CreateBuilder(
            ["--urls", "http://127.0.0.1:0", $"--DurableTask:LocalStorePath={app._folder}/hub.db"]);
        builder.ConfigureFunctionsWebApplication();
        builder.Configuration["FunctionsRuntime:Assemblies"] = "HsNas.Functions";
        builder.Configuration["AzureWebJobsStorage"] = connection;
        builder.Configuration["RedistilSchedule"] = "0 0 3 1 1 *";
        foreach (var (key, value) in settings) builder.Configuration[key] = value;
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(app);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(2));
        builder.AddHsNas();
        services(builder.Services);
        app._host = builder.Build();
        await app._host.StartAsync();
        var address = app._host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        app.Http = new HttpClient { BaseAddress = new Uri(address) };
        return app;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _host!.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    ILogger ILoggerProvider.CreateLogger(string categoryName) => new Recorder(Logs);

    void IDisposable.Dispose()
    {
        // The host disposes its log provider: this object outlives that.
    }

    private sealed class Recorder(ConcurrentQueue<(LogLevel Level, string Text)> logs) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            logs.Enqueue((logLevel, $"{formatter(state, exception)} {exception}"));
    }
}
