using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using HsNas.Functions.Hosting;
using HsNas.FunctionsRuntime.Tests;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HsNas.Functions.Tests.Support;

/// <summary>
/// The local runtime in this process, with the functions of this assembly and a clock that moves when told to. Everything
/// else is what a client has: the Durable HTTP interface.
/// </summary>
internal sealed class OrchestrationHost : IAsyncDisposable
{
    private const string Base = "/runtime/webhooks/durabletask";

    private readonly IHost _host;
    private readonly string _folder;

    private OrchestrationHost(IHost host, string folder, ManualTime time)
    {
        (_host, _folder, Time) = (host, folder, time);
        var address = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Http = new HttpClient { BaseAddress = new Uri(address) };
    }

    public ManualTime Time { get; }

    public HttpClient Http { get; }

    /// <summary>Starts one; <paramref name="guarded"/>: with the app's middleware around HTTP functions.</summary>
    public static async Task<OrchestrationHost> StartAsync(bool guarded = false)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"hsnas-{Guid.NewGuid():N}");
        var time = new ManualTime(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var builder = FunctionsApplication.CreateBuilder(["--urls", "http://127.0.0.1:0", $"--DurableTask:LocalStorePath={folder}/hub.db"]);
        builder.ConfigureFunctionsWebApplication();
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Configuration["FunctionsRuntime:Assemblies"] = typeof(OrchestrationHost).Assembly.GetName().Name;
        builder.Services.AddSingleton<TimeProvider>(time);
        if (guarded)
        {
            builder.Services.AddSingleton(new RequestRates(new RateLimitOptions()));
            builder.UseMiddleware<HttpGuardMiddleware>();
        }

        var host = builder.Build();
        await host.StartAsync();
        return new OrchestrationHost(host, folder, time);
    }

    public async Task<string> StartAsync<T>(string orchestrator, T input)
    {
        using var answer = await Http.PostAsync(
            new Uri($"{Base}/orchestrators/{orchestrator}", UriKind.Relative), Content(JsonSerializer.Serialize(input)));
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    /// <summary>Raises an event; false where the instance is over already.</summary>
    public async Task<bool> RaiseAsync(string id, string name, string value)
    {
        using var answer = await Http.PostAsync(
            new Uri($"{Base}/instances/{id}/raiseEvent/{name}", UriKind.Relative), Content(JsonSerializer.Serialize(value)));
        if (answer.StatusCode == HttpStatusCode.Gone) return false;
        answer.EnsureSuccessStatusCode();
        return true;
    }

    /// <summary>The status object of an instance, with its history.</summary>
    public Task<JsonElement> StatusAsync(string id) =>
        Http.GetFromJsonAsync<JsonElement>(new Uri($"{Base}/instances/{id}?showHistory=true", UriKind.Relative));

    /// <summary>Waits until the instance is over; while <paramref name="tick"/> is not zero, time passes.</summary>
    public async Task<JsonElement> EndAsync(string id, TimeSpan tick = default)
    {
        for (var attempt = 0; attempt < 3000; attempt++)
        {
            var status = await StatusAsync(id);
            if (status.GetProperty("runtimeStatus").GetString() is "Completed" or "Failed" or "Terminated") return status;
            if (tick > TimeSpan.Zero) Time.Advance(tick);
            await Task.Delay(10);
        }

        throw new TimeoutException($"{await StatusAsync(id)}");
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static StringContent Content(string json) => new(json, Encoding.UTF8, "application/json");
}
