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
using HsNas.Storage;
using HsNas.Translation;
using TorchSharp;

namespace HsNas.Benchmarks.Worker;

/// <summary>
/// <c>distil-text STORE TASK</c>: BLEU of one architecture trained on the references, and on the translations of the largest one, with
/// two seeds each and the task's own number of updates. All is ordinary jobs, so a stopped run goes on, and a search finds them done.
/// </summary>
internal static class TextDistillationTable
{
    private const int Seeds = 2;

    public static async Task<int> RunAsync(string folder, string name)
    {
        torch.set_num_threads(1);
        var store = new DirectoryArtifactStore(folder);
        var task = await TaskResolver.ResolveAsync(store, name, CancellationToken.None);
        var dataset = await store.ReadJsonAsync<DatasetManifest>(BlobLayout.CurrentDataset(name));
        var device = torch.CPU;
        var runner = new JobRunner(
            store, [new TrainFromScratchJobHandler(device), new TranslateTextJobHandler(device)], device, TimeProvider.System);

        var training = new TextDistillation().ToTraining(task, dataset.Hash, winner: null, seed: 1);
        var teacher = await DoAsync<TrainFromScratchResult>(JobKinds.TrainFromScratch, training);
        Say($"{name}: teacher {training.Architecture.Key}, {training.Steps} updates in {teacher.Seconds:F0} s: {Scores(teacher)}");
        var text = DistilledText.Of(WorkerJob.IdOf(JobKinds.TrainFromScratch, training), dataset);
        var (pairs, kept, seconds) = (0, 0, 0.0);
        foreach (var translation in text.Translations(name, dataset.Hash))
        {
            var done = await DoAsync<TranslateTextResult>(JobKinds.TranslateText, translation);
            (pairs, kept, seconds) = (pairs + done.Pairs, kept + done.Kept, seconds + done.Seconds);
        }

        Say($"{pairs} pairs translated in {seconds:F0} s, {kept} of them kept as they were");
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var plain = TrainFromScratchInput.Of(task, dataset.Hash, WinnerTraining.Winner, seed);
            foreach (var (input, on) in new[] { (plain, "references"), (plain with { DistilText = text }, "translations") })
            {
                var result = await DoAsync<TrainFromScratchResult>(JobKinds.TrainFromScratch, input);
                Say($"seed {seed}, {input.Steps} updates on {on} in {result.Seconds:F0} s: {Scores(result)}");
            }
        }

        return 0;

        async Task<T> DoAsync<T>(string kind, object input)
        {
            var result = await DirectJobs.RunAsync(runner, store, kind, input);
            return result.Value is { } value ? value.Deserialize<T>(Json.Options)! : throw new InvalidOperationException(result.Error);
        }
    }

    private static string Scores(TrainFromScratchResult result) => string.Create(CultureInfo.InvariantCulture,
        $"validation {result.ValidLossBits:F4} bits, BLEU {result.ValidBleu:F2} valid, {result.TestBleu:F2} test");

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
