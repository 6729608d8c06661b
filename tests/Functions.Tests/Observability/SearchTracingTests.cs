using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Functions.Hosting;
using HsNas.Functions.Jobs;
using HsNas.Functions.Tests.Support;
using HsNas.FunctionsRuntime.Tests.Storage;
using HsNas.Kernel;
using HsNas.Kernel.Jobs;
using HsNas.Telemetry;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace HsNas.Functions.Tests.Observability;

/// <summary>One search is one trace, through function, queue, worker and back.</summary>
public sealed class SearchTracingTests : IClassFixture<Azurite>, IDisposable
{
    private readonly Azurite _azurite;
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ActivityListener _listener;

    public SearchTracingTests(Azurite azurite)
    {
        _azurite = azurite;
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == FunctionsTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public void The_trace_of_a_search_and_of_its_children_is_its_id()
    {
        const string Id = "00112233445566778899aabbccddeeff";

        Assert.Equal(Id, SearchTrace.IdOf(Id).ToHexString());
        Assert.Equal(Id, SearchTrace.IdOf(Id + "-distillation").ToHexString());
        Assert.Equal(SearchTrace.IdOf("redistil-tiny-en-de-20260101"), SearchTrace.IdOf("redistil-tiny-en-de-20260101"));
        Assert.NotEqual(default, SearchTrace.IdOf(new string('0', 32)));
    }

    [Fact]
    public void A_span_of_another_trace_is_linked_and_not_joined()
    {
        var id = Guid.NewGuid().ToString("N");
        using var request = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();
        using var span = SearchTrace.Start(FunctionsTelemetry.Source, "search", ActivityKind.Producer, id)!;
        using var inner = SearchTrace.Start(FunctionsTelemetry.Source, "inner", ActivityKind.Internal, id)!;

        Assert.Equal((id, null), (span.TraceId.ToHexString(), span.ParentId));
        Assert.Equal(request.Context, Assert.Single(span.Links).Context);
        Assert.Equal((id, span.SpanId), (inner.TraceId.ToHexString(), inner.ParentSpanId));
    }

    [Fact]
    public async Task A_job_message_carries_the_span_that_sent_it_and_the_job_keeps_its_id()
    {
        await using var app = await FunctionApp.StartAsync(_azurite.ConnectionString);
        var jobs = new WorkerJobs(app.Store, app.Queues);
        var (id, input) = (Guid.NewGuid().ToString("N"), new ScoreInput("t", Guid.NewGuid().ToString("N"), "checkpoints/x", []));
        string traceParent;
        JobRef traced;
        using (var span = SearchTrace.Start(FunctionsTelemetry.Source, "send", ActivityKind.Internal, id))
        {
            traced = await jobs.SubmitAsync(JobKinds.Score, input, id, CancellationToken.None);
            traceParent = span!.Id!;
        }

        Assert.Equal(traced.JobId, (await jobs.SubmitAsync(JobKinds.Score, input, id, CancellationToken.None)).JobId);
        var messages = (await app.Queues.GetQueueClient(BlobLayout.JobQueue).ReceiveMessagesAsync(10)).Value.Select(
            m => WorkerJob.Parse(m.MessageText)).ToList();
        Assert.Equal([traceParent, null], messages.Where(m => m.JobId == traced.JobId).Select(m => m.TraceParent));
    }

    [Fact]
    public async Task A_reply_goes_on_where_the_worker_left_off()
    {
        const string Worker = "00-00112233445566778899aabbccddeeff-0123456789abcdef-01";
        var reply = new WorkerReply(new string('a', 32), "nobody-here", Worker);

        await new WorkerReplyTrigger(NullLogger<WorkerReplyTrigger>.Instance)
            .RunAsync(
                System.Text.Json.JsonSerializer.Serialize(reply, Json.Options), new Mock<DurableTaskClient>("test").Object,
                CancellationToken.None);

        var wake = Assert.Single(_spans, s => s.OperationName == "wake" && (string?)s.GetTagItem("hsnas.job") == reply.JobId);
        Assert.Equal(Worker, wake.ParentId);
    }

    [Fact]
    public async Task Activities_are_spans_of_their_search_orchestrators_are_none_and_no_log_repeats_on_replay()
    {
        await using var app = await FunctionApp.StartAsync(_azurite.ConnectionString);
        var id = Guid.NewGuid().ToString("N");
        // Nobody stored a request for it: the activity fails, is tried again, and the orchestrator is replayed each time.
        using var content = new StringContent("null", Encoding.UTF8, "application/json");
        using (await app.Http.PostAsync(
            new Uri($"/runtime/webhooks/durabletask/orchestrators/SearchOrchestrator/{id}", UriKind.Relative), content))
        {
            for (var attempt = 0; attempt < 600 && Spans().Count < 3; attempt++) await Task.Delay(50);
        }

        Assert.True(Spans().Count >= 3, $"{Spans().Count} spans");
        Assert.All(Spans(), s => Assert.Equal(("ResolveInputsActivity", ActivityStatusCode.Error), (s.OperationName, s.Status)));
        Assert.All(Spans(), s => Assert.Contains("request.json", s.StatusDescription, StringComparison.Ordinal));
        Assert.All(Spans(), s => Assert.DoesNotContain("stackTrace", s.StatusDescription, StringComparison.Ordinal));
        Assert.Single(app.Logs, l => l.Text.Contains($"Search {id}: resolve begins", StringComparison.Ordinal));

        List<Activity> Spans() => [.. _spans.Where(s => s.TraceId.ToHexString() == id)];
    }
}
