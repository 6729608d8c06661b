using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.IO.Compression;
using HsNas.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HsNas.Functions.Tests.Observability;

/// <summary>Telemetry by Azure Monitor's exporter, to an address on this machine. Identity is left out: it wants HTTPS.</summary>
public sealed class AzureMonitorTests
{
    [Fact]
    public async Task Spans_measurements_and_logs_reach_the_resource_that_the_setting_names()
    {
        var name = $"source-{Guid.NewGuid():N}";
        var bodies = new ConcurrentQueue<string>();
        await using var resource = await ResourceAsync(bodies);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration[TelemetryExport.InsightsSetting] =
            $"InstrumentationKey={Guid.NewGuid()};IngestionEndpoint={resource.Urls.First()}/;LiveEndpoint={resource.Urls.First()}/";
        builder.AddTelemetryExport(() => null, name);
        using var source = new ActivitySource(name);
        using var meter = new Meter(name);

        using (var host = builder.Build())
        {
            await host.StartAsync();
            using (source.StartActivity("a span of ours")) meter.CreateCounter<double>("hsnas.made.up").Add(3);
            host.Services.GetRequiredService<ILogger<AzureMonitorTests>>().LogWarning("An entry of {Whom}", "ours");
            await host.StopAsync();
        }

        var all = string.Join('\n', bodies);
        foreach (var part in new[] { "a span of ours", "hsnas.made.up", "An entry of" })
            Assert.Contains(part, all, StringComparison.Ordinal);
    }

    private static async Task<WebApplication> ResourceAsync(ConcurrentQueue<string> bodies)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapFallback(async (HttpRequest request) =>
        {
            var zipped = request.Headers.ContentEncoding.ToString() == "gzip";
            await using var body = zipped ? new GZipStream(request.Body, CompressionMode.Decompress) : request.Body;
            using var reader = new StreamReader(body);
            var text = await reader.ReadToEndAsync();
            bodies.Enqueue(text);
            var count = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
            return Results.Json(new { itemsReceived = count, itemsAccepted = count, errors = Array.Empty<object>() });
        });
        await app.StartAsync();
        return app;
    }
}
