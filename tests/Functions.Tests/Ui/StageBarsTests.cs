using System.Text.Json;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Contracts.Requests;
using HsNas.Functions.Distillation;
using HsNas.Functions.Hosting;
using HsNas.Functions.Jobs;
using HsNas.Functions.Searches;
using HsNas.Functions.Searches.Evolution;
using HsNas.Functions.Tests.Support;
using HsNas.Functions.Ui;
using HsNas.FunctionsRuntime.Tests;
using HsNas.Kernel.Jobs;
using HsNas.Kernel.Stores;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Moq;

namespace HsNas.Functions.Tests.Ui;

public sealed class StageBarsTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryStore _blobs = new();
    private readonly Mock<DurableTaskClient> _client = new("test");
    private readonly List<OrchestrationMetadata> _instances = [];

    public StageBarsTests() => _client.Setup(c => c.GetAllInstancesAsync(It.IsAny<OrchestrationQuery>())).Returns(
        () => Pageable.Create((_, _) => Task.FromResult(new Page<OrchestrationMetadata>([.. _instances], null))));

    [Fact]
    public async Task Deaths_of_workers_that_score_generations_are_marked_at_the_search_s_stage_past_ones_and_present_ones()
    {
        Search(SearchStages.Search, child: "s1-hs-nas");
        Instance("s1-hs-nas", nameof(EvolutionOrchestrator), new EvolutionStatus(
            RunTally.Start, 6, [new JobRef("scored", "score")], Failed: new Repeats(1, [At(50)]), Taken: new Repeats(1, [At(40)])));
        await _blobs.Store.WriteJsonAsync(
            BlobLayout.JobTakes("scored"), new List<JobTake> { Take(5), Take(40), Take(60) });

        var bar = await BarAsync(SearchStages.Search);

        Assert.Equal([40, 60], bar.Again.At);
        Assert.Equal(2, bar.Again.Count);
        Assert.Equal([50], bar.Failed.At);
    }

    [Fact]
    public async Task Failed_attempts_of_a_stage_and_of_its_labels_are_marked()
    {
        Search(SearchStages.Distillation, child: "s1-distillation", failed: new Repeats(20, [At(11)]));
        Instance("s1-distillation", nameof(DistillationOrchestrator), new DistillationStatus(9, 9, new JobRef("fit", "train-regressor"))
        {
            Failed = new Repeats(3, [At(12), At(13)]),
        });
        await _blobs.Store.WriteJsonAsync(BlobLayout.JobTakes("fit"), new List<JobTake> { Take(30) });

        var bar = await BarAsync(SearchStages.Distillation);

        Assert.Equal(23, bar.Failed.Count);
        Assert.Equal([11, 12, 13], bar.Failed.At);
        Assert.Equal([30], bar.Again.At);
    }

    [Fact]
    public async Task A_stage_that_was_not_begun_has_no_place_and_no_marks()
    {
        Search(SearchStages.Search, child: "s1-hs-nas");

        var bar = await BarAsync(SearchStages.Report);

        Assert.Null(bar.From);
        Assert.Equal((0, 0), (bar.Again.Count, bar.Failed.Count));
    }

    public void Dispose() => _blobs.Dispose();

    private async Task<HsNas.Dashboard.Models.StageBar> BarAsync(string stage)
    {
        var time = new ManualTime(Start.AddMinutes(5));
        var bars = new StageBars(new HubIndex(time), new JobTakes(_blobs.Store, time));
        var stages = SearchStages.All.Select(s => new StageStatus(s, StageState.Running, 0, 0, null, null, 1)).ToList();
        var status = new SearchStatus("s1", "Running", stages, null, new Dictionary<string, string>());
        return (await bars.OfAsync(_client.Object, status, Start, default)).Single(b => b.Stage.Name == stage);
    }

    private void Search(string stage, string child, Repeats? failed = null) => Instance(
        "s1", nameof(SearchOrchestrator),
        new StageMarks(new(StringComparer.Ordinal) { [stage] = new StageMark(At(10), null, [], child) { Failed = failed } }));

    private void Instance(string id, string name, object status) => _instances.Add(new OrchestrationMetadata(name, id)
    {
        RuntimeStatus = OrchestrationRuntimeStatus.Running,
        SerializedCustomStatus = JsonSerializer.Serialize(status),
        DataConverter = Microsoft.DurableTask.Converters.JsonDataConverter.Default,
    });

    private static JobTake Take(double seconds) => new(Start.AddSeconds(seconds), 2);

    private static DateTime At(double seconds) => Start.UtcDateTime.AddSeconds(seconds);
}
