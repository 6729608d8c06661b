using System.Text.Json;
using HsNas.Contracts;
using HsNas.Functions.Distillation;
using HsNas.Functions.Hosting;
using HsNas.Functions.Jobs;
using HsNas.Functions.Searches;
using HsNas.Functions.Searches.Evolution;
using HsNas.Functions.Sweeps;
using HsNas.Functions.Tests.Support;
using HsNas.FunctionsRuntime.Tests;
using HsNas.Kernel.Jobs;
using HsNas.Kernel.Stores;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace HsNas.Functions.Tests;

public sealed class HousekeepingTests : IDisposable
{
    private static readonly DateTimeOffset Today = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryStore _blobs = new();
    private readonly Mock<DurableTaskClient> _client = new("test");
    private readonly List<OrchestrationMetadata> _instances = [];
    private readonly WorkerJobs _jobs;

    public HousekeepingTests()
    {
        var queues = new Mock<Azure.Storage.Queues.QueueServiceClient>();
        _jobs = new WorkerJobs(_blobs.Store, queues.Object);
        _client.Setup(c => c.GetAllInstancesAsync(It.IsAny<OrchestrationQuery>())).Returns((OrchestrationQuery q) => Pageable.Create((_,
            _) => Task.FromResult(
            new Page<OrchestrationMetadata>([.. _instances.Where(i => q.Statuses!.Contains(i.RuntimeStatus)
                && (q.CreatedTo is null || i.CreatedAt <= q.CreatedTo))], null))));
        _client.Setup(c => c.GetInstanceAsync(It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((string id, CancellationToken _) => _instances.Find(i => i.InstanceId == id));
        _client.Setup(c => c.PurgeInstanceAsync(It.IsAny<string>(), It.IsAny<CancellationToken>())).ReturnsAsync(new PurgeResult(1));
    }

    [Fact]
    public async Task A_job_that_nobody_waits_for_is_cancelled_at_the_second_look()
    {
        await InputsAsync("orphan", "wanted", "done", "scored", "labelled");
        await _blobs.Store.WriteTextAsync(BlobLayout.JobOutput("done"), "{}");
        Instance(
            "s1", nameof(SearchOrchestrator),
            new StageMarks(new(StringComparer.Ordinal) { ["supernet"] = new StageMark(default, null, ["wanted"], null) }));
        Instance("s1-hs-nas", nameof(EvolutionOrchestrator), new EvolutionStatus(RunTally.Start, 6, [new JobRef("scored", "score")]));
        Instance(
            "s1-distillation", nameof(DistillationOrchestrator), new DistillationStatus(9, 9, new JobRef("labelled", "train-regressor")));

        Assert.Equal(0, (await RunAsync()).Cancelled);
        Assert.Equal(1, (await RunAsync()).Cancelled);

        foreach (var job in new[] { "orphan", "wanted", "done", "scored", "labelled" })
            Assert.Equal(job == "orphan", await _blobs.Store.ExistsAsync(BlobLayout.JobCancel(job)));
        Assert.Equal(0, (await RunAsync()).Cancelled);
    }

    [Fact]
    public async Task A_job_that_a_search_takes_up_between_two_looks_is_left_alone()
    {
        await InputsAsync("late");
        await RunAsync();
        Instance(
            "s1", nameof(SearchOrchestrator),
            new StageMarks(new(StringComparer.Ordinal) { ["training"] = new StageMark(default, null, ["late"], null) }));

        Assert.Equal(0, (await RunAsync()).Cancelled);
    }

    [Fact]
    public async Task Children_of_finished_searches_are_ended_and_nobody_else()
    {
        Instance("s1", nameof(SearchOrchestrator), status: OrchestrationRuntimeStatus.Failed);
        Instance("s1-distillation", nameof(DistillationOrchestrator));
        Instance("s2", nameof(SearchOrchestrator));
        Instance("s2-hs-nas", nameof(EvolutionOrchestrator));
        Instance("redistil-tiny-en-de-20260601", nameof(DistillationOrchestrator));

        Assert.Equal(1, (await RunAsync()).Ended);

        _client.Verify(c => c.TerminateInstanceAsync("s1-distillation", Housekeeping.Reason, It.IsAny<CancellationToken>()), Times.Once);
    }

    [Fact]
    public async Task Searches_of_a_sweep_that_is_over_are_searches_as_all_others_and_their_children_are_theirs()
    {
        Instance("sweep", nameof(SweepOrchestrator), status: OrchestrationRuntimeStatus.Terminated);
        Instance("row", nameof(SearchOrchestrator));
        Instance("row-hs-nas", nameof(EvolutionOrchestrator));
        Instance("over", nameof(SearchOrchestrator), status: OrchestrationRuntimeStatus.Completed);
        Instance("over-hat", nameof(EvolutionOrchestrator));

        Assert.Equal(1, (await RunAsync()).Ended);

        _client.Verify(c => c.TerminateInstanceAsync("over-hat", Housekeeping.Reason, It.IsAny<CancellationToken>()), Times.Once);
    }

    [Fact]
    public async Task A_child_that_ends_by_itself_when_it_is_about_to_be_ended_is_no_fault()
    {
        Instance("s1", nameof(SearchOrchestrator), status: OrchestrationRuntimeStatus.Failed);
        Instance("s1-distillation", nameof(DistillationOrchestrator));
        _client.Setup(c => c.TerminateInstanceAsync("s1-distillation", It.IsAny<object>(), It.IsAny<CancellationToken>())).Returns(() =>
        {
            _instances.RemoveAll(i => i.InstanceId == "s1-distillation");
            return Task.FromException(new InvalidOperationException("it is over"));
        });

        Assert.Equal(0, (await RunAsync()).Ended);
    }

    [Fact]
    public async Task Instances_are_purged_once_they_are_over_long_enough()
    {
        Instance(
            "old", nameof(SearchOrchestrator), status: OrchestrationRuntimeStatus.Completed, created: Today.AddDays(-9),
            updated: Today.AddDays(-8));
        Instance(
            "long", nameof(SearchOrchestrator), status: OrchestrationRuntimeStatus.Completed, created: Today.AddDays(-9),
            updated: Today.AddDays(-1));
        Instance(
            "fresh", nameof(SearchOrchestrator), status: OrchestrationRuntimeStatus.Failed, created: Today.AddDays(-1),
            updated: Today.AddDays(-1));
        Instance("living", nameof(SearchOrchestrator), created: Today.AddDays(-20), updated: Today.AddDays(-20));

        Assert.Equal(1, (await RunAsync()).Purged);

        _client.Verify(c => c.PurgeInstanceAsync("old", It.IsAny<CancellationToken>()), Times.Once);
    }

    public void Dispose() => _blobs.Dispose();

    // Made anew for each round, as each may be another process's.
    private Task<HousekeepingReport> RunAsync()
    {
        var options = new PipelineOptions { KeepInstances = TimeSpan.FromDays(7) };
        var orphans = new OrphanedJobs(_jobs, _blobs.Store);
        var (time, silence) = (new ManualTime(Today), new SearchSilence(_blobs.Store, new ManualTime(Today)));
        return new Housekeeping(orphans, silence, options, time, NullLogger<Housekeeping>.Instance).RunAsync(
            _client.Object, CancellationToken.None);
    }

    private async Task InputsAsync(params string[] jobs)
    {
        foreach (var job in jobs) await _blobs.Store.WriteTextAsync(BlobLayout.JobInput(job), "{}");
    }

    private void Instance(
        string id, string name, object? customStatus = null, OrchestrationRuntimeStatus status = OrchestrationRuntimeStatus.Running,
        DateTimeOffset? created = null, DateTimeOffset? updated = null) => _instances.Add(new OrchestrationMetadata(name, id)
        {
            RuntimeStatus = status,
            CreatedAt = created ?? Today,
            LastUpdatedAt = updated ?? Today,
            SerializedCustomStatus = customStatus is null ? null : JsonSerializer.Serialize(customStatus),
            DataConverter = Microsoft.DurableTask.Converters.JsonDataConverter.Default,
        });
}
