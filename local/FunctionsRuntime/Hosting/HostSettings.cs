using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Azure.Functions.Worker.Hosting;

/// <summary>host.json, as far as this host heeds it; settings named AzureFunctionsJobHost__a__b override it.</summary>
internal sealed class HostSettings
{
    private readonly IConfiguration settings;

    internal HostSettings(IConfiguration application, string? directory = null)
    {
        var builder = new ConfigurationBuilder();
        foreach (var folder in new[] { directory, AppContext.BaseDirectory, Directory.GetCurrentDirectory() })
        {
            if (folder is not null && File.Exists(Path.Combine(folder, "host.json")))
            {
                builder.AddJsonFile(Path.GetFullPath(Path.Combine(folder, "host.json")), optional: false, reloadOnChange: false);
                break;
            }
        }

        builder.AddInMemoryCollection(application.GetSection("AzureFunctionsJobHost").AsEnumerable(makePathsRelative: true));
        settings = builder.Build();
    }

    internal string RoutePrefix => settings["extensions:http:routePrefix"] ?? "api";

    internal string HubName => settings["extensions:durableTask:hubName"] ?? "TestHubName";

    internal int? MaxConcurrentActivities => Number("extensions:durableTask:maxConcurrentActivityFunctions");

    internal int? MaxConcurrentOrchestrations => Number("extensions:durableTask:maxConcurrentOrchestratorFunctions");

    internal int QueueBatchSize => Number("extensions:queues:batchSize") ?? 16;

    internal int QueueNewBatchThreshold => Number("extensions:queues:newBatchThreshold") ?? (QueueBatchSize / 2);

    internal int QueueMaxDequeueCount => Number("extensions:queues:maxDequeueCount") ?? 5;

    internal bool QueueBase64 => !string.Equals(settings["extensions:queues:messageEncoding"], "none", StringComparison.OrdinalIgnoreCase);

    internal TimeSpan QueueVisibilityTimeout => Span("extensions:queues:visibilityTimeout") ?? TimeSpan.Zero;

    internal TimeSpan QueueMaxPollingInterval => Span("extensions:queues:maxPollingInterval") ?? TimeSpan.FromMinutes(1);

    internal int BlobMaxDegreeOfParallelism =>
        Number("extensions:blobs:maxDegreeOfParallelism") ?? (8 * Environment.ProcessorCount);

    internal int PoisonBlobThreshold => Number("extensions:blobs:poisonBlobThreshold") ?? 5;

    internal IConfigurationSection Logging => settings.GetSection("logging");

    private int? Number(string key) => settings[key] is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private TimeSpan? Span(string key) => settings[key] is { } text ? TimeSpan.Parse(text, CultureInfo.InvariantCulture) : null;
}
