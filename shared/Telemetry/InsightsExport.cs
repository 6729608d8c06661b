using Azure.Core;
using Azure.Monitor.OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace HsNas.Telemetry;

/// <summary>Sends telemetry to a resource of Application Insights, by identity.</summary>
/// <param name="connection">Its connection string.</param>
/// <param name="credential">The identity; null for a resource that asks for none.</param>
internal sealed class InsightsExport(string connection, TokenCredential? credential)
{
    /// <summary>Spans.</summary>
    public void Add(TracerProviderBuilder traces) => traces.AddAzureMonitorTraceExporter(Set);

    /// <summary>Measurements.</summary>
    public void Add(MeterProviderBuilder metrics) => metrics.AddAzureMonitorMetricExporter(Set);

    /// <summary>Log entries.</summary>
    public void Add(OpenTelemetryLoggerOptions logs) => logs.AddAzureMonitorLogExporter(Set);

    private void Set(AzureMonitorExporterOptions options)
    {
        options.ConnectionString = connection;
        options.Credential = credential;
        // Nothing about the program itself goes anywhere but to the resource that was named.
        options.EnableLiveMetrics = false;
        // Programs have read-only systems: what cannot be sent now is dropped.
        options.DisableOfflineStorage = true;
        // A search is one trace; a share of its spans would tell nothing.
        options.SamplingRatio = 1;
        options.TracesPerSecond = null;
    }
}
