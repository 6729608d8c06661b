using System.Text.Json;
using HsNas.Cli.Hosting;
using HsNas.Cli.Seeds;
using HsNas.Cli.Tests.Support;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Evaluation.TfsEval;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using HsNas.Spaces;
using HsNas.Translation;

namespace HsNas.Cli.Tests.Seeds;

public sealed class SeedFileTests : IDisposable
{
    private const int Count = 12;
    private static readonly TaskDefinition Tiny = TaskCatalog.Get("tiny-en-de");
    private static readonly DatasetManifest Dataset = new(Tiny.Name, "0123456789abcdef", "synthetic", 2000, 3, 2, 1);

    private readonly TemporaryFolder _folder = new();
    private readonly Workspace _workspace;

    public SeedFileTests() => _workspace = new Workspace(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Finished_trainings_become_a_file_that_the_reader_accepts()
    {
        await WriteAsync(Count);

        var trainings = await SeedTrainings.ReadAsync(_workspace, Tiny.Name, Count, default);
        var latencies = new MeasureLatencyResult(
            "cpu-here", [.. trainings.Finished.Select(t => new LatencyMeasurement(1, 2 + t.Id, 0, 0, 0, 0))]);
        var text = SeedFile.Create(trainings, latencies);

        Assert.Empty(trainings.Problems);
        var set = TfsEvalReader.Read(new StringReader(text), "seeds", Tiny);
        Assert.Equal(Architectures().Select(a => a.Key), set.Records.Select(r => r.Architecture.Key));
        Assert.Equal(Enumerable.Range(0, Count), set.Records.Select(r => r.ArchitectureId));
        Assert.Equal(3.0, set.Records[0].LatencyMs);
        Assert.Equal((10.0, 9.0), (set.Records[0].ValidBleu, set.Records[0].TestBleu));
        Assert.True(set.SplitsAreGiven);
        Assert.Equal(["123", "456", "789"], set.Splits.Select(s => s.Seed));
        Assert.All(set.Splits, s => Assert.Equal((Count / 3, Count - (Count / 3)), (s.Demonstrations.Count, s.Tests.Count)));
    }

    [Fact]
    public async Task Every_row_says_where_it_comes_from()
    {
        await WriteAsync(Count);

        var text = SeedFile.Create(await SeedTrainings.ReadAsync(_workspace, Tiny.Name, Count, default), latencies: null);

        using var row = JsonDocument.Parse(text.Split('\n')[0]);
        var root = row.RootElement;
        Assert.Equal(Dataset.Hash, root.GetProperty("corpus").GetString());
        Assert.Equal(Tiny.Training!.ScratchSteps, root.GetProperty("steps").GetInt32());
        Assert.Equal("cpu-test", root.GetProperty("device").GetString());
        Assert.Matches("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", root.GetProperty("date").GetString());
        Assert.Equal(5.5, root.GetProperty("valid_loss_bits").GetDouble());
        Assert.False(root.TryGetProperty("latency_ms", out _));
    }

    [Fact]
    public async Task The_same_trainings_give_the_same_text()
    {
        await WriteAsync(Count);

        var trainings = await SeedTrainings.ReadAsync(_workspace, Tiny.Name, Count, default);

        Assert.Equal(SeedFile.Create(trainings, null),
            SeedFile.Create(await SeedTrainings.ReadAsync(_workspace, Tiny.Name, Count, default), null));
    }

    [Fact]
    public async Task Unfinished_failed_and_foreign_trainings_are_left_out_and_told()
    {
        await WriteAsync(Count - 2);
        var missing = Architectures();
        await WriteAsync(missing[^2], output: null);
        await WriteAsync(missing[^1], new JobResult("x", JobKinds.TrainFromScratch, null, "out of memory", 1, "cpu-test"));
        await WriteAsync(Input(missing[^1]) with { Dataset = "another" }, Done(1));
        await WriteAsync(Input(missing[^1]) with { Steps = 7 }, Done(1));
        await _workspace.Data.WriteTextAsync(
            BlobLayout.JobInput("latency"),
            """{"task":"tiny-en-de","architectures":[],"runs":1,"beam":5,"nonce":""}""");

        var trainings = await SeedTrainings.ReadAsync(_workspace, Tiny.Name, Count, default);

        Assert.Equal(Count - 2, trainings.Finished.Count);
        Assert.Equal([$"Architecture {Count - 1} failed: out of memory", $"2 of {Count} trainings are not finished."], trainings.Problems);
    }

    [Fact]
    public async Task Trainings_on_a_teachers_text_are_kept_apart_from_those_on_references()
    {
        await WriteAsync(Count);
        var prepared = await PreparedTask.OfAsync(_workspace, Tiny.Name, default);
        var (four, five) = (new SeedText("largest", null), new SeedText("largest", 5));
        var taught = new DistilledText(four.IdOf(prepared), 1);
        await WriteAsync(Input(Architectures()[2]) with { DistilText = taught }, Done(77));

        var plain = await SeedTrainings.ReadAsync(_workspace, Tiny.Name, Count, default);
        var students = await SeedTrainings.ReadAsync(_workspace, Tiny.Name, Count, default, four);

        Assert.Equal(Count, plain.Finished.Count);
        Assert.All(plain.Finished, t => Assert.Null(t.Input.DistilText));
        var student = Assert.Single(students.Finished);
        Assert.Equal((2, 87.0), (student.Id, student.Result.ValidBleu));
        Assert.NotEqual(four.IdOf(prepared), five.IdOf(prepared));
        await Assert.ThrowsAsync<CliException>(() => SeedTrainings.ReadAsync(_workspace, Tiny.Name, Count, default, five));
    }

    [Fact]
    public async Task Nothing_finished_is_an_error_that_says_what_to_run()
    {
        await WriteAsync(0);

        var e = await Assert.ThrowsAsync<CliException>(() => SeedTrainings.ReadAsync(_workspace, Tiny.Name, Count, default));

        Assert.Contains("seeds train tiny-en-de", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_without_a_data_set_is_told_how_to_get_one() =>
        await Assert.ThrowsAsync<CliException>(() => SeedTrainings.ReadAsync(_workspace, "wmt14-en-de", Count, default));

    // The worker's own drawing, as its seeds command does it.
    private static IReadOnlyList<Architecture> Architectures() => new ArchitectureSampler(Tiny.Space, 2026).Distinct(Count);

    private static TrainFromScratchInput Input(Architecture architecture) =>
        new(Tiny.Name, Dataset.Hash, architecture, Tiny.Training!.ScratchSteps, Tiny.Training.ScratchWarmup, 1);

    private static JobResult Done(int i) => new("x", JobKinds.TrainFromScratch,
        JsonSerializer.SerializeToElement(new TrainFromScratchResult(5.5 - (0.01 * i), 10 + i, 9 + i, 90.123, 1000, "checkpoints/x"),
            Json.Options), null, 100, "cpu-test");

    private async Task WriteAsync(int finished)
    {
        await _workspace.Data.WriteJsonAsync(BlobLayout.CurrentDataset(Tiny.Name), Dataset);
        foreach (var (architecture, i) in Architectures().Take(finished).Select((a, i) => (a, i))) await WriteAsync(architecture, Done(i));
    }

    private Task WriteAsync(Architecture architecture, JobResult? output) => WriteAsync(Input(architecture), output);

    private async Task WriteAsync(TrainFromScratchInput input, JobResult? output)
    {
        var id = Hashing.Fingerprint(JsonSerializer.Serialize(input, Json.Options));
        await _workspace.Data.WriteJsonAsync(BlobLayout.JobInput(id), input);
        if (output is not null) await _workspace.Data.WriteJsonAsync(BlobLayout.JobOutput(id), output);
    }
}
