using HsNas.Contracts;
using HsNas.Contracts.Requests;
using HsNas.Contracts.Sweeps;
using HsNas.Functions.Distillation;
using HsNas.Functions.Jobs;
using HsNas.Functions.Searches;
using HsNas.Functions.Searches.Files;
using HsNas.Functions.Sweeps;
using HsNas.Functions.Sweeps.Files;
using HsNas.Functions.Tests.Support;
using HsNas.Kernel.Stores;
using HsNas.Llm.Labelling;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace HsNas.Functions.Tests.Sweeps;

/// <summary>Which rows are started next, and what they may spend.</summary>
public sealed class NextRowsTests : IDisposable
{
    private const string Sweep = "sweep";

    private readonly TemporaryStore _blobs = new();
    private readonly Mock<DurableTaskClient> _client = new("test");
    private readonly Dictionary<string, OrchestrationMetadata> _instances = new(StringComparer.Ordinal);
    private readonly SweepFiles _sweeps;
    private readonly SweepRecorder _recorder;

    public NextRowsTests()
    {
        (_sweeps, _recorder) = (new SweepFiles(_blobs.Store), new SweepRecorder(new SweepFiles(_blobs.Store), _blobs.Store));
        _client.Setup(c => c.GetInstanceAsync(It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((string id, CancellationToken _) => _instances.GetValueOrDefault(id));
        _client.Setup(c => c.GetInstanceAsync(It.IsAny<string>(), It.IsAny<bool>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((string id, bool _, CancellationToken _) => _instances.GetValueOrDefault(id));
    }

    public void Dispose() => _blobs.Dispose();

    [Fact]
    public async Task One_row_buys_labels_at_a_time_and_the_others_of_its_task_wait()
    {
        await CreateAsync(parallel: 4, maxCostUsd: 3, Row("a", "llm"), Row("b", "llm"), Row("c", "plain"), Row("d", "llm", "tiny-en-fr"));

        var first = await NextAsync();
        var meanwhile = await NextAsync([.. first.Searches]);
        await _blobs.Store.WriteTextAsync(BlobLayout.Champion("tiny-en-de"), "{}");
        var then = await NextAsync(new SweptSearch("c", false, 0));

        Assert.Equal([new("a", true, 3), new("c", false, 0)], first.Searches);
        Assert.Empty(meanwhile.Searches);
        Assert.Equal([new("a", false, 0), new("b", false, 0), new("d", true, 3)], then.Searches);
    }

    [Fact]
    public async Task What_was_spent_before_by_rows_that_failed_too_is_no_longer_there_to_be_spent()
    {
        await CreateAsync(parallel: 2, maxCostUsd: 3, Row("a", "llm"), Row("b", "llm"));
        var paid = new DistillationStatus(1, 9, null, new LabelTally { SpentUsd = 1.25m, Usd = 2 });
        Instance("a-distillation", nameof(DistillationOrchestrator), OrchestrationRuntimeStatus.Failed, paid);
        await RecordAsync(new SweptSearch("a", true, 3), "no more money");

        Assert.Equal([new("b", true, 1.75m)], (await NextAsync()).Searches);
        Assert.Equal(1.25m, (await _sweeps.OutcomesAsync(Sweep, default)).Single().SpentUsd);
    }

    [Fact]
    public async Task A_row_that_has_bought_its_labels_and_still_runs_keeps_nobody_waiting()
    {
        await CreateAsync(parallel: 4, maxCostUsd: 3, Row("a", "llm"), Row("b", "llm"), Row("d", "llm", "tiny-en-fr"));
        await _blobs.Store.WriteTextAsync(BlobLayout.Champion("tiny-en-de"), "{}");
        var paid = new DistillationStatus(9, 9, null, new LabelTally { SpentUsd = 1.25m });
        Instance("a-distillation", nameof(DistillationOrchestrator), OrchestrationRuntimeStatus.Running, paid);

        var meanwhile = await NextAsync(new SweptSearch("a", true, 3));
        Instance("a-distillation", nameof(DistillationOrchestrator), OrchestrationRuntimeStatus.Completed, paid);
        var then = await NextAsync(new SweptSearch("a", true, 3));

        Assert.Equal([new("b", false, 0)], meanwhile.Searches);
        Assert.Equal([new("b", false, 0), new("d", true, 1.75m)], then.Searches);
    }

    [Fact]
    public async Task A_distillation_that_says_nothing_is_taken_to_have_spent_all_that_it_might()
    {
        await CreateAsync(parallel: 2, maxCostUsd: 3, Row("a", "llm"), Row("b", "llm"));
        Instance("a-distillation", nameof(DistillationOrchestrator), OrchestrationRuntimeStatus.Failed, null);
        await RecordAsync(new SweptSearch("a", true, 3), "dead");

        Assert.Equal([new("b", true, 0)], (await NextAsync()).Searches);
    }

    [Fact]
    public async Task Without_a_limit_there_is_none_for_a_row_either()
    {
        await CreateAsync(parallel: 2, maxCostUsd: null, Row("a", "llm"), Row("c", "plain"));

        Assert.Equal([new("a", true, null), new("c", false, null)], (await NextAsync()).Searches);
    }

    [Fact]
    public async Task No_more_rows_run_than_are_allowed_and_none_at_the_end_of_a_history()
    {
        await CreateAsync(parallel: 2, maxCostUsd: null, Row("a", "plain"), Row("b", "plain"), Row("c", "plain"));

        var next = await NextAsync();
        var full = await NextAsync([.. next.Searches]);
        var last = await NextAsync(isLast: true);

        Assert.Equal(("a b", true), (string.Join(' ', next.Searches.Select(s => s.Search)), next.HasMore));
        Assert.Equal((0, true), (full.Searches.Count, full.HasMore));
        Assert.Equal((0, true), (last.Searches.Count, last.HasMore));
    }

    [Fact]
    public async Task A_search_that_runs_for_an_earlier_run_is_not_started_beside_itself()
    {
        await CreateAsync(parallel: 2, maxCostUsd: null, Row("a", "plain"), Row("b", "plain"), Row("c", "plain"));
        Instance("a", nameof(SearchOrchestrator), OrchestrationRuntimeStatus.Running, null);

        var next = await NextAsync();

        Assert.Equal(("b", 1), (Assert.Single(next.Searches).Search, next.Strangers));
    }

    [Fact]
    public async Task A_stopped_sweep_starts_nothing()
    {
        await CreateAsync(parallel: 2, maxCostUsd: null, Row("a", "plain"));
        await _sweeps.TryAppendAsync(Sweep, 1, SweepEntry.Of(SweepEntryKind.Stop), default);

        var next = await NextAsync();

        Assert.Equal((0, false, 2), (next.Searches.Count, next.HasMore, next.Entries));
    }

    [Fact]
    public async Task A_run_is_not_over_before_it_has_seen_the_whole_log()
    {
        await CreateAsync(parallel: 2, maxCostUsd: null, Row("a", "plain"));
        var end = new EndSweepActivity(_sweeps);
        Task<bool> EndAsync(int entries) => end.RunAsync(new EndSweepInput(new SweepRun(Sweep, 0), entries), Mock.Of<FunctionContext>());
        await _sweeps.TryAppendAsync(Sweep, 1, SweepEntry.Of(SweepEntryKind.Resume), default);

        Assert.False(await EndAsync(1));
        Assert.True(await EndAsync(2));
        Assert.True(await EndAsync(2), "The same activity may run twice.");
        Assert.Equal(3, (await _sweeps.StateAsync(Sweep, default)).Entries);
    }

    private static SweepRow Row(string id, string kind, string task = "tiny-en-de") => new(
        id, [], new SearchRequest { Task = task, Window = kind == "llm" ? null : new(-1, -1) });

    private async Task CreateAsync(int parallel, double? maxCostUsd, params SweepRow[] rows)
    {
        await _sweeps.CreateAsync(Sweep, new SweepDefinition(null, null, parallel, maxCostUsd), default);
        await _sweeps.TryAppendAsync(Sweep, 0, new SweepEntry(SweepEntryKind.Rows, rows), default);
    }

    private Task<NextRows> NextAsync(params SweptSearch[] running) => NextAsync(isLast: false, running);

    private Task<NextRows> NextAsync(bool isLast, params SweptSearch[] running)
    {
        var queues = new Mock<Azure.Storage.Queues.QueueServiceClient>();
        var canceller = new SearchCanceller(
            new WorkerJobs(_blobs.Store, queues.Object), TimeProvider.System, NullLogger<SearchCanceller>.Instance);
        var activity = new NextRowsActivity(_sweeps, _recorder, new SearchFiles(_blobs.Store), canceller, _blobs.Store);
        return activity.RunAsync(new NextRowsInput(new SweepRun(Sweep, 0), running, isLast), _client.Object, Mock.Of<FunctionContext>());
    }

    private Task RecordAsync(SweptSearch search, string error) => new RecordRowActivity(_recorder).RunAsync(
        new RecordRowInput(new SweepRun(Sweep, 0), search, error), _client.Object, Mock.Of<FunctionContext>());

    private void Instance(string id, string name, OrchestrationRuntimeStatus status, object? customStatus) =>
        _instances[id] = new OrchestrationMetadata(name, id)
        {
            RuntimeStatus = status,
            SerializedCustomStatus = customStatus is null ? null : JsonDataConverter.Default.Serialize(customStatus),
            DataConverter = JsonDataConverter.Default,
        };
}
