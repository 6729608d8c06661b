using System.Globalization;
using System.Text.Json;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Contracts.Requests;
using HsNas.GpuWorker.Hosting;
using HsNas.GpuWorker.Jobs;
using HsNas.GpuWorker.Training;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using HsNas.Spaces;
using HsNas.Storage;
using HsNas.Translation;
using TorchSharp;

namespace HsNas.Benchmarks.Worker;

/// <summary>
/// <c>winner STORE TASK STEPS</c>: what longer training does for an architecture like the demo's winner, through the job that trains
/// winners. Stopped runs go on where they were.
/// </summary>
internal static class WinnerTraining
{
    /// <summary>A winner that demos of tiny-en-de have found; a middle-sized one of the space "tiny".</summary>
    internal static readonly Architecture Winner = new()
    {
        EncoderEmbedDim = 64, EncoderFfnDims = [256, 128], EncoderHeads = [4, 2],
        DecoderEmbedDim = 64, DecoderFfnDims = [256, 256, 128], DecoderSelfHeads = [4, 4, 2], DecoderCrossHeads = [4, 4, 4],
        DecoderArbitrary = [1, 1, 1],
    };

    public static async Task<int> RunAsync(string folder, string name, int steps)
    {
        torch.set_num_threads(1);
        var store = new DirectoryArtifactStore(folder);
        var task = await TaskResolver.ResolveAsync(store, name, CancellationToken.None);
        var dataset = await store.ReadJsonAsync<DatasetManifest>(BlobLayout.CurrentDataset(name));
        var input = new WinnerChoice { Steps = steps }.ToTraining(task, dataset.Hash, Winner, seed: 1);
        var runner = new JobRunner(store, [new TrainFromScratchJobHandler(torch.CPU)], torch.CPU, TimeProvider.System);
        var result = await DirectJobs.RunAsync(runner, store, JobKinds.TrainFromScratch, input);
        if (result.Error is { } error) throw new InvalidOperationException(error);
        var trained = result.Value!.Value.Deserialize<TrainFromScratchResult>(Json.Options)!;
        var kept = trained.Kept!;
        foreach (var check in kept.Checks) Say($"after {check.Step} updates: validation {check.LossBits:F4} bits");
        Say($"mean of the last {input.Keep!.Average}: {kept.AverageLossBits:F4} bits; kept: {string.Join(", ", kept.Steps)}");
        Say($"{steps} updates: validation {trained.ValidLossBits:F4} bits, BLEU {trained.ValidBleu:F2} valid, {trained.TestBleu:F2} test");
        Say($"{trained.Seconds:F0} s in updates, {result.Seconds:F0} s in all");
        return 0;
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
