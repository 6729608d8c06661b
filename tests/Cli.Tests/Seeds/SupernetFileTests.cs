using System.Text.Json;
using HsNas.Cli.Hosting;
using HsNas.Cli.Results;
using HsNas.Cli.Tests.Support;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Contracts.Supernets;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using HsNas.Kernel.Validation;
using HsNas.Spaces;

namespace HsNas.Cli.Tests.Seeds;

public sealed class SupernetFileTests : IDisposable
{
    private const string Dataset = "0123456789abcdef";
    private static readonly TaskDefinition Tiny = TaskCatalog.Get("tiny-en-de");
    private static readonly IReadOnlyList<Architecture> Seeds = new ArchitectureSampler(Tiny.Space, 2026).Distinct(5);

    private readonly TemporaryFolder _folder = new();
    private readonly Workspace _workspace;

    public SupernetFileTests() => _workspace = new Workspace(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Finished_supernets_are_collected_and_read_back()
    {
        await WriteAsync(Training("mos-layer", 30), Seeds, 2);
        await WriteAsync(Training("hat", 30), Seeds, 1);
        await WriteAsync(Training("hat", 10), Seeds, 0);

        var rows = await SupernetFile.CollectAsync(_workspace, Tiny.Name, Dataset, Seeds, SupernetKinds.BuiltIn, default);
        await SupernetFile.WriteAsync(_workspace.SupernetsFile(Tiny.Name), rows, default);
        var read = await SupernetFile.ReadAsync(_workspace.SupernetsFile(Tiny.Name), Seeds.Count, default);

        Assert.Equal([("hat", 10), ("hat", 30), ("mos-layer", 30)], read.Select(r => (r.Kind, r.Steps)));
        Assert.Equal([0.0, 1, 2], read.Select(r => r.ValidBleu[0]));
        Assert.Equal((2, 128), (read[2].Experts!.Value, read[2].RouterWidth!.Value));
        Assert.Equal((null, null, "cpu-test"), (read[0].Experts, read[0].RouterWidth, read[0].Device));
        Assert.Equal(12.5, read[0].TrainCpuSeconds);
    }

    [Fact]
    public async Task Supernets_of_other_text_or_other_architectures_are_left_out()
    {
        await WriteAsync(Training("hat", 30) with { Dataset = "another" }, Seeds, 1);
        await WriteAsync(Training("sandwich", 30), [.. Seeds.Take(4)], 1);
        await WriteAsync(Training("mos-neuron", 30), [.. Seeds.Reverse()], 1);

        Assert.Empty(await SupernetFile.CollectAsync(_workspace, Tiny.Name, Dataset, Seeds, SupernetKinds.BuiltIn, default));
    }

    [Theory]
    [InlineData("{", "a line as")]
    [InlineData("""{"kind":"hat"}""", "a line as")]
    [InlineData(
        """{"kind":"hat","dataset":"t","corpus":"c","steps":1,"warmup":0,"seed":1,"training_loss_nats":"""
        + """1,"train_cpu_seconds":1,"loss_cpu_seconds":1,"bleu_cpu_seconds":1,"valid_loss_bits":[1],"valid_bleu":"""
        + """[1,2],"device":"d","date":"2026-01-01"}""", "one a seed architecture")]
    public async Task A_broken_file_names_its_line(string text, string allowed)
    {
        var file = Path.Combine(_folder.Path, "broken.jsonl");
        await File.WriteAllTextAsync(file, text + "\n");

        var e = await Assert.ThrowsAsync<DataFormatException>(() => SupernetFile.ReadAsync(file, 2, default));

        Assert.Contains("broken.jsonl", e.Message, StringComparison.Ordinal);
        Assert.Contains(allowed, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_without_supernets_has_none() =>
        Assert.Empty(await SupernetFile.ReadAsync(_workspace.SupernetsFile("nothing"), 30, default));

    private static TrainSupernetInput Training(string kind, int steps) => new(Tiny.Name, Dataset, kind, steps, 1, 1);

    private async Task WriteAsync(TrainSupernetInput training, IReadOnlyList<Architecture> architectures, double bleu)
    {
        var checkpoint = $"checkpoints/{training.Fingerprint(SupernetKinds.BuiltIn)}";
        await WriteJobAsync(JobKinds.TrainSupernet, training, new TrainSupernetResult(checkpoint, training.Steps, 3.2, 20, 1000, 12.5));
        await WriteJobAsync(JobKinds.Evaluate, new EvaluateInput(Tiny.Name, training.Dataset, checkpoint, architectures),
            new EvaluateResult([.. architectures.Select(_ => 5.5)], [.. architectures.Select(_ => bleu)], 1, 2));
    }

    private async Task WriteJobAsync<TInput, TResult>(string kind, TInput input, TResult result)
    {
        var id = Hashing.Fingerprint(kind, JsonSerializer.Serialize(input, Json.Options));
        await _workspace.Data.WriteJsonAsync(BlobLayout.JobInput(id), input);
        await _workspace.Data.WriteJsonAsync(BlobLayout.JobOutput(id),
            new JobResult(id, kind, JsonSerializer.SerializeToElement(result, Json.Options), null, 1, "cpu-test"));
    }
}
