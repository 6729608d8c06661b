using System.Diagnostics;
using System.Diagnostics.Metrics;
using HsNas.Contracts.Jobs;
using HsNas.GpuWorker.Jobs;

namespace HsNas.GpuWorker.Tests.Jobs;

public sealed class WorkerTelemetryTests
{
    private const string Id = "00112233445566778899aabbccddeeff";

    [Theory]
    [InlineData($"00-{Id}-0123456789abcdef-01", "0123456789abcdef")]
    [InlineData(null, "0000000000000000")]
    [InlineData("nonsense", "0000000000000000")]
    public void A_job_is_a_span_below_its_search_and_its_sender(string? traceParent, string parent)
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == WorkerTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        var job = new WorkerJob(
            1, Id, JobKinds.Score, Id + "-hs-nas", $"jobs/{Id}/input.json", $"jobs/{Id}/output.json", TraceParent: traceParent);

        using var span = WorkerTelemetry.Start(job)!;
        WorkerTelemetry.Ended(span, job, new JobResult(Id, job.Kind, null, "out of memory", 1, "cpu"));

        Assert.Equal((Id, parent), (span.TraceId.ToHexString(), span.ParentSpanId.ToHexString()));
        Assert.Equal((ActivityStatusCode.Error, "out of memory"), (span.Status, span.StatusDescription));
    }

    [Fact]
    public void The_time_of_a_job_is_measured_by_kind_and_outcome()
    {
        var kind = $"kind-{Guid.NewGuid():N}";
        var measured = new List<(double Seconds, string? Outcome)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (i, l) => { if (i.Meter.Name == WorkerTelemetry.Name) l.EnableMeasurementEvents(i); },
        };
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) =>
        {
            var all = tags.ToArray().ToDictionary(t => t.Key, t => (string?)t.Value);
            if (all["kind"] == kind) measured.Add((value, all["outcome"]));
        });
        listener.Start();
        var job = new WorkerJob(1, Id, kind, "i", "jobs/i", "jobs/o");

        WorkerTelemetry.Ended(null, job, new JobResult(Id, kind, default(System.Text.Json.JsonElement), null, 2.5, "cpu"));
        WorkerTelemetry.Ended(null, job, new JobResult(Id, kind, null, "no", 1, "cpu"));

        Assert.Equal([(2.5, "done"), (1, "failed")], measured);
    }
}
