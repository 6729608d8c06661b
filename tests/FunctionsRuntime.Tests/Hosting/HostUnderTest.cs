using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.Azure.Functions.Worker.Orchestrations;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HsNas.FunctionsRuntime.Tests.Hosting;

/// <summary>A whole host on a free port, with the functions of some classes.</summary>
internal sealed class HostUnderTest : IAsyncDisposable
{
    private readonly string folder;
    private readonly bool ownsFolder;
    private readonly IHost host;

    private HostUnderTest(IHost host, string folder, bool ownsFolder)
    {
        this.host = host;
        this.folder = folder;
        this.ownsFolder = ownsFolder;
        var address = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Http = new HttpClient { BaseAddress = new Uri(address) };
        Client = new LocalDurableTaskClient(host.Services.GetRequiredService<OrchestrationEngine>(), null, null);
    }

    internal HttpClient Http { get; }

    internal DurableTaskClient Client { get; }

    internal static async Task<HostUnderTest> StartAsync(
        Type[] functions, Action<FunctionsApplicationBuilder>? configure = null, Dictionary<string, string?>? settings = null,
        string? folder = null)
    {
        var path = folder ?? Path.Combine(Path.GetTempPath(), "hsnas-" + Guid.NewGuid().ToString("N"));
        var builder =
            FunctionsApplication.CreateBuilder(["--urls", "http://127.0.0.1:0", $"--{HostRegistration.StorePathKey}={path}/hub.db"]);
        builder.ConfigureFunctionsWebApplication();
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.Services.AddSingleton(new FunctionRegistry(functions));
        foreach (var (key, value) in settings ?? [])
        {
            builder.Configuration[key] = value;
        }

        configure?.Invoke(builder);
        var built = builder.Build();
        await built.StartAsync();
        return new HostUnderTest(built, path, ownsFolder: folder is null);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
        if (ownsFolder)
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
