using System.Diagnostics;
using System.Diagnostics.Metrics;
using HsNas.Contracts.Jobs;
using HsNas.Telemetry;

namespace HsNas.GpuWorker.Jobs;

/// <summary>What a worker traces and counts.</summary>
internal static class WorkerTelemetry
{
    /// <summary>Name of the source and of the meter.</summary>
    public const string Name = "HsNas.GpuWorker";

    /// <summary>Spans.</summary>
    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> Durations =
        Meter.CreateHistogram<double>("hsnas.job.duration", "s", "Time of a job's successful run, all its parts together.");

    private static readonly Counter<long> Poison = Meter.CreateCounter<long>(
        "hsnas.jobs.poisoned", "{job}", "Jobs that no worker finished in five deliveries, and messages that were no jobs.");

    /// <summary>A message went to the poison queue; <paramref name="kind"/> is "none" where it was no job.</summary>
    public static void Poisoned(string kind) => Poison.Add(1, new KeyValuePair<string, object?>("kind", kind));

    /// <summary>The span of a delivery of a job, a child of the span that sent it; null where nobody listens.</summary>
    public static Activity? Start(WorkerJob job) => SearchTrace
        .Continue(Source, $"job {job.Kind}", ActivityKind.Consumer, job.TraceParent, job.InstanceId)?
        .SetTag("hsnas.job", job.JobId);

    /// <summary>The delivery ended with a result, new or known.</summary>
    public static void Ended(Activity? span, WorkerJob job, JobResult result)
    {
        if (result.Error is { } error) span?.SetStatus(ActivityStatusCode.Error, error);
        Durations.Record(result.Seconds, new("kind", job.Kind), new("outcome", result.Error is null ? "done" : "failed"));
    }
}
