using System.Globalization;
using System.Text.Json;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Contracts.Stored;
using HsNas.GpuWorker.Jobs;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using HsNas.Spaces;
using HsNas.Storage;
using HsNas.Translation;
using TorchSharp;

namespace HsNas.GpuWorker.Hosting;

/// <summary>
/// <c>seeds TASK STORE-FOLDER COUNT|ARCHITECTURES.json [TEACHER] SHARD SHARDS</c>: trains the task's seed architectures, drawn or those
/// of a file, from scratch against a folder of blobs, this shard's share of them, continuing where an earlier run was killed; on the
/// teacher's translations where one is named. Results are ordinary job results; the command line tool collects them.
/// </summary>
internal static class SeedCommand
{
    /// <summary>Every command draws its architectures with this seed, so shards agree.</summary>
    public const long ArchitectureSeed = 2026;

    /// <summary>Trains; 2 on wrong arguments.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [var name, var folder, var which, .. { Length: <= 1 } teacher, var number, var shards]
            || !Shard.TryParse(number, shards, out var shard))
        {
            await Console.Error.WriteLineAsync("usage: seeds TASK STORE-FOLDER COUNT|ARCHITECTURES.json [TEACHER] SHARD SHARDS");
            return 2;
        }

        var store = new DirectoryArtifactStore(folder);
        var task = await store.GetTaskAsync(name);
        var manifest = await store.ReadJsonAsync<DatasetManifest>(BlobLayout.CurrentDataset(name));
        var device = torch.device("cpu");
        var runner = new JobRunner(store, [new TrainFromScratchJobHandler(device)], device, TimeProvider.System);
        IReadOnlyList<Architecture> architectures = int.TryParse(which, CultureInfo.InvariantCulture, out var count)
            ? new ArchitectureSampler(task.Space, ArchitectureSeed).Distinct(count)
            : JsonSerializer.Deserialize<Architecture[]>(await File.ReadAllBytesAsync(which), Json.Options)!;
        var text = teacher is [var id] ? DistilledText.Of(id, manifest) : null;
        foreach (var i in shard.Of(architectures.Count))
        {
            var input = TrainFromScratchInput.Of(task, manifest.Hash, architectures[i], seed: 1) with { DistilText = text };
            var result = await DirectJobs.RunAsync(runner, store, JobKinds.TrainFromScratch, input);
            var figures = result.Value?.Deserialize<TrainFromScratchResult>(Json.Options);
            var outcome = result.Error ?? $"loss {figures!.ValidLossBits:F3} bits, "
                + $"valid BLEU {figures.ValidBleu:F2}, test {figures.TestBleu:F2}, {figures.Seconds:F0} s";
            Console.WriteLine($"{i + 1}/{architectures.Count} {input.Architecture.Key} {outcome}");
        }

        return 0;
    }
}
