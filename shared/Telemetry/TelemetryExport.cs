using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace HsNas.Telemetry;

/// <summary>
/// Sends traces, metrics and logs by OTLP, where a collector is named, and to Azure Monitor, where a resource of Application Insights is;
/// where neither is, nothing is collected, and spans cost nothing.
/// </summary>
public static class TelemetryExport
{
    /// <summary>Setting that names the collector; the other OTEL_ variables are heeded too.</summary>
    public const string EndpointSetting = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>
    /// Setting that names the resource of Application Insights. It is an address: what is sent is let in by identity
    /// (DefaultAzureCredential).
    /// </summary>
    public const string InsightsSetting = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>
    /// Exports the <see cref="System.Diagnostics.ActivitySource"/> and the meter called <paramref name="name"/>, and all logs.
    /// </summary>
    /// <param name="builder">The program.</param>
    /// <param name="name">Source, meter, and service name where OTEL_SERVICE_NAME gives none.</param>
    /// <param name="meters">Meters of libraries, exported too.</param>
    public static void AddTelemetryExport(this IHostApplicationBuilder builder, string name, params string[] meters)
    {
        ArgumentNullException.ThrowIfNull(builder);
        AddTelemetryExport(builder, () => new DefaultAzureCredential(), name, meters);
    }

    /// <summary>The same with an identity of the caller's; null for a resource that asks for none.</summary>
    internal static void AddTelemetryExport(
        this IHostApplicationBuilder builder, Func<TokenCredential?> credential, string name, params string[] meters)
    {
        var collector = !string.IsNullOrEmpty(builder.Configuration[EndpointSetting]);
        var insights = builder.Configuration[InsightsSetting] is { Length: > 0 } connection
            ? new InsightsExport(connection, credential()) : null;
        if (!collector && insights is null) return;
        var resource = ResourceBuilder.CreateEmpty().AddService(name).AddTelemetrySdk().AddEnvironmentVariableDetector();
        builder.Services.AddSingleton(_ =>
        {
            var traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(name);
            if (collector) traces.AddOtlpExporter();
            insights?.Add(traces);
            return traces.Build();
        });
        builder.Services.AddSingleton(_ =>
        {
            var metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter([name, .. meters]);
            if (collector) metrics.AddOtlpExporter();
            insights?.Add(metrics);
            return metrics.Build();
        });
        builder.Services.AddHostedService<Exporters>();
        builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.SetResourceBuilder(resource);
            if (collector) logs.AddOtlpExporter();
            insights?.Add(logs);
        });
    }

    // They are made when the program starts, not on first use. The container flushes and ends them.
    private sealed class Exporters(TracerProvider traces, MeterProvider metrics) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            traces.ForceFlush();
            metrics.ForceFlush();
            return Task.CompletedTask;
        }
    }
}
