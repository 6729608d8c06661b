using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using HsNas.FunctionsRuntime.Tests;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HsNas.Benchmarks.Durability;

/// <summary>
/// Memory of the local runtime over a simulated day. The whole host runs on a clock that is moved on a minute at a time. Every
/// minute a timer starts an orchestration (activities, a child, a lost event, a long wait), and the status of all is asked for.
/// Every hour finished orchestrations are purged.
/// </summary>
internal static class SimulatedDay
{
    private const int Hours = 24;
    private const int MinutesAnHour = 60;

    /// <summary>Prints a line an hour; 1 where orchestrations were lost.</summary>
    public static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("hsnas-day-").FullName;
        var time = new ManualTime(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using var host = Build(folder, time);
        await host.StartAsync();
        using var http = new HttpClient
        {
            BaseAddress = new Uri(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()),
        };

        Console.WriteLine("| simulated hours | orchestrations run | held | resident MB | managed MB | store MB |");
        Console.WriteLine("|---|---|---|---|---|---|");
        for (var hour = 1; hour <= Hours; hour++)
        {
            for (var minute = 0; minute < MinutesAnHour; minute++)
                await PassMinuteAsync(time, http, (((hour - 1) * MinutesAnHour) + minute + 1));
            await PurgeAsync(http, time);
            if (hour is 1 or 2 or 3 || hour % 3 == 0) await PrintAsync(hour, http, folder);
        }

        await host.StopAsync();
        Directory.Delete(folder, recursive: true);
        return 0;
    }

    private static IHost Build(string folder, TimeProvider time)
    {
        var builder = FunctionsApplication.CreateBuilder(["--urls", "http://127.0.0.1:0", $"--DurableTask:LocalStorePath={folder}/hub.db"]);
        builder.ConfigureFunctionsWebApplication();
        builder.Logging.ClearProviders();
        builder.Configuration["FunctionsRuntime:Assemblies"] = typeof(SimulatedDay).Assembly.GetName().Name;
        builder.Services.AddSingleton(time);
        return builder.Build();
    }

    // The clock moves on when everything that the last minute started waits for time only.
    private static async Task PassMinuteAsync(ManualTime time, HttpClient http, int minutes)
    {
        time.Advance(TimeSpan.FromMinutes(1));
        for (var settled = false; !settled;)
        {
            await Task.Delay(2);
            settled = DayFunctions.Waiting >= minutes;
            _ = await http.GetStringAsync(new Uri("/runtime/webhooks/durabletask/instances?top=100", UriKind.Relative));
        }
    }

    private static async Task PurgeAsync(HttpClient http, ManualTime time)
    {
        var until = Uri.EscapeDataString((time.GetUtcNow() - TimeSpan.FromMinutes(10)).ToString("o", CultureInfo.InvariantCulture));
        using var answer = await http.DeleteAsync(new Uri(
            $"/runtime/webhooks/durabletask/instances?createdTimeFrom=2000-01-01T00:00:00Z&createdTimeTo={until}&runtimeStatus=Completed",
            UriKind.Relative));
        answer.EnsureSuccessStatusCode();
    }

    private static async Task PrintAsync(int hour, HttpClient http, string folder)
    {
        var held = (await http.GetFromJsonAsync<JsonElement>(
            new Uri("/runtime/webhooks/durabletask/instances?top=10000", UriKind.Relative))).GetArrayLength();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        var store = Directory.GetFiles(folder).Sum(f => new FileInfo(f).Length);
        var (resident, managed) = (Environment.WorkingSet / 1e6, GC.GetTotalMemory(false) / 1e6);
        Console.WriteLine(FormattableString.Invariant(
            $"| {hour} | {DayFunctions.Waiting} | {held} | {resident:0.0} | {managed:0.0} | {store / 1e6:0.0} |"));
    }
}
