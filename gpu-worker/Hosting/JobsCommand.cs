using System.Text.Json;
using HsNas.Contracts.Jobs;
using HsNas.GpuWorker.Jobs;
using HsNas.Kernel;
using HsNas.Storage;
using TorchSharp;

namespace HsNas.GpuWorker.Hosting;

/// <summary>
/// <c>jobs STORE-FOLDER JOBS.json SHARD SHARDS</c>: does this shard's share of the jobs of a file, a list of <see cref="DirectJob"/>,
/// against a folder of blobs, each where an earlier run left it.
/// </summary>
internal static class JobsCommand
{
    /// <summary>Does them; 1 where one failed, 2 on wrong arguments.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [var folder, var file, var number, var shards] || !Shard.TryParse(number, shards, out var shard))
        {
            await Console.Error.WriteLineAsync("usage: jobs STORE-FOLDER JOBS.json SHARD SHARDS");
            return 2;
        }

        var store = new DirectoryArtifactStore(folder);
        var device = torch.CPU;
        var runner = new JobRunner(
            store, [new TrainFromScratchJobHandler(device), new TranslateTextJobHandler(device)], device, TimeProvider.System);
        var jobs = JsonSerializer.Deserialize<DirectJob[]>(await File.ReadAllBytesAsync(file), Json.Options)!;
        var code = 0;
        foreach (var i in shard.Of(jobs.Length))
        {
            var (kind, input) = jobs[i];
            var result = await DirectJobs.RunAsync(runner, store, kind, input);
            if (result.Error is not null) code = 1;
            Console.WriteLine($"{i + 1}/{jobs.Length} {kind} {result.Error ?? $"done, {result.Seconds:F0} s"}");
        }

        return code;
    }
}
