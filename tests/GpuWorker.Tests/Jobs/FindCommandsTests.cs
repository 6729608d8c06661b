using System.Text.Json;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.GpuWorker.Hosting;
using HsNas.GpuWorker.Tests.Support;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using HsNas.Kernel.Validation;
using HsNas.Storage;

namespace HsNas.GpuWorker.Tests.Jobs;

/// <summary>Sub-commands that <c>./hsnas find</c> uses, on a folder of blobs.</summary>
public sealed class FindCommandsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hsnas-find-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_probe_takes_a_definition_that_is_not_stored_and_leaves_no_job_behind()
    {
        var store = new DirectoryArtifactStore(_folder.FullName);
        await ToyStore.PrepareAsync(store);
        var shallow = ToyTask.Definition with { Space = ToyTask.Definition.Space with { DecoderLayers = [2, 1] } };
        var (definition, output) = (In("hsnas.task.json"), In("probe.json"));
        await File.WriteAllBytesAsync(definition, JsonSerializer.SerializeToUtf8Bytes(shallow, StrictJson.Options));

        Assert.Equal(0, await ProbeTrainingCommand.RunAsync([_folder.FullName, definition, output]));

        var probe = JsonSerializer.Deserialize<TrainingProbe>(await File.ReadAllBytesAsync(output), Json.Options)!;
        Assert.All(
            [probe.UpdateSeconds, probe.LargestUpdateSeconds, probe.ValidationSeconds, probe.ScoringSeconds, probe.SentenceSeconds,
                probe.LoadSeconds, probe.FixedWorkSeconds, probe.FastestMs, probe.MeanMs, probe.SlowestMs],
            figure => Assert.True(figure > 0));
        Assert.Empty(await JobsAsync(store));
    }

    [Fact]
    public async Task Latencies_can_be_probed_of_a_task_that_only_a_file_defines()
    {
        var (definition, output) = (In("hsnas.task.json"), In("range.json"));
        await File.WriteAllBytesAsync(definition, JsonSerializer.SerializeToUtf8Bytes(ToyTask.Definition, StrictJson.Options));

        Assert.Equal(0, await MeasureCommands.ProbeAsync([definition, output]));

        var range = JsonSerializer.Deserialize<LatencyRange>(await File.ReadAllBytesAsync(output), Json.Options)!;
        Assert.True(range.FastestMs > 0 && range.SlowestMs > 0);
    }

    [Fact]
    public async Task Seeds_of_a_file_are_divided_among_shards_and_trained_once()
    {
        var store = new DirectoryArtifactStore(_folder.FullName);
        await ToyStore.PrepareAsync(store);
        var (architectures, file) = (ToyTask.Architectures(3, seed: 99).ToList(), In("architectures.json"));
        await File.WriteAllBytesAsync(file, JsonSerializer.SerializeToUtf8Bytes(architectures, Json.Options));

        Assert.Equal(0, await SeedCommand.RunAsync(["toy", _folder.FullName, file, "1", "2"]));
        Assert.Equal([architectures[1].Key], await JobsAsync(store));
        Assert.Equal(0, await SeedCommand.RunAsync(["toy", _folder.FullName, file, "0", "2"]));

        Assert.Equal(architectures.Select(a => a.Key).Order(StringComparer.Ordinal), await JobsAsync(store));
    }

    [Fact]
    public async Task Wrong_arguments_are_told() => Assert.Equal(2, await ProbeTrainingCommand.RunAsync(["toy"]));

    private string In(string name) => Path.Combine(_folder.FullName, name);

    // Keys of the architectures that were trained without an error.
    private static async Task<IReadOnlyList<string>> JobsAsync(IArtifactStore store)
    {
        var keys = new List<string>();
        await foreach (var blob in store.ListAsync(BlobLayout.Jobs, ""))
        {
            if (BlobLayout.JobOfOutput(blob) is not { } id) continue;
            Assert.Null((await store.ReadJsonAsync<JobResult>(BlobLayout.JobOutput(id))).Error);
            keys.Add((await store.ReadJsonAsync<TrainFromScratchInput>(BlobLayout.JobInput(id))).Architecture.Key);
        }

        return [.. keys.Order(StringComparer.Ordinal)];
    }
}
