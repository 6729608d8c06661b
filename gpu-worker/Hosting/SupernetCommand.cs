using System.Globalization;
using System.Text.Json;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Contracts.Requests;
using HsNas.Contracts.Stored;
using HsNas.Contracts.Supernets;
using HsNas.GpuWorker.Jobs;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using HsNas.Spaces;
using HsNas.Storage;
using HsNas.Translation;
using TorchSharp;

namespace HsNas.GpuWorker.Hosting;

/// <summary>
/// <c>supernet TASK STORE-FOLDER COUNT KIND STEPS</c>: trains one kind of supernet and evaluates the task's seed architectures
/// with its weights. Both are ordinary jobs, so a killed run continues; the command line tool collects their results.
/// </summary>
internal static class SupernetCommand
{
    /// <summary>Trains and evaluates; 1 where a job failed, 2 on wrong arguments.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [var name, var folder, var countText, var kind, var stepsText]
            || !int.TryParse(countText, CultureInfo.InvariantCulture, out var count)
            || !int.TryParse(stepsText, CultureInfo.InvariantCulture, out var steps)
            || SupernetKinds.BuiltIn.TryOf(kind) is null)
        {
            await Console.Error.WriteLineAsync(
                $"usage: supernet TASK STORE-FOLDER COUNT KIND STEPS; kinds: {string.Join(", ", SupernetKinds.BuiltIn.Ids)}");
            return 2;
        }

        var store = new DirectoryArtifactStore(folder);
        var task = await store.GetTaskAsync(name);
        var manifest = await store.ReadJsonAsync<DatasetManifest>(BlobLayout.CurrentDataset(name));
        var device = torch.device("cpu");
        var runner =
            new JobRunner(store, [new TrainSupernetJobHandler(device), new EvaluateJobHandler(device)], device, TimeProvider.System);
        var training = SupernetJobs.Training(task, manifest.Hash, kind, steps);
        var trained = await RunAsync<TrainSupernetResult>(runner, store, JobKinds.TrainSupernet, training);
        if (trained is null) return 1;
        Console.WriteLine(
            $"{kind}: {steps} updates, loss {trained.TrainingLossNats:F3} nats, {trained.CpuSeconds ?? trained.Seconds:F0} s");
        var evaluated = await RunAsync<EvaluateResult>(
            runner, store, JobKinds.Evaluate, SupernetJobs.Evaluation(task, manifest.Hash, trained.Checkpoint, count));
        if (evaluated is null) return 1;
        Console.WriteLine($"{kind}: {count} architectures, BLEU {evaluated.ValidBleu.Min():F2} to {evaluated.ValidBleu.Max():F2}, "
            + $"losses in {evaluated.LossCpuSeconds:F0} s, translations in {evaluated.BleuCpuSeconds:F0} s");
        return 0;
    }

    private static async Task<T?> RunAsync<T>(JobRunner runner, IArtifactStore store, string kind, object input)
        where T : class
    {
        var result = await DirectJobs.RunAsync(runner, store, kind, input);
        if (result.Error is { } error) await Console.Error.WriteLineAsync(error);
        return result.Value?.Deserialize<T>(Json.Options);
    }
}

/// <summary>The jobs behind a supernet's row in the results.</summary>
internal static class SupernetJobs
{
    /// <summary>The supernet's training. Its share of warm-up updates is that of the task's own recipe.</summary>
    public static TrainSupernetInput Training(TaskDefinition task, string dataset, string kind, int steps) =>
        new SupernetChoice { Kind = kind, Steps = steps }.ToTraining(task, dataset, seed: 1);

    /// <summary>The evaluation of the task's seed architectures.</summary>
    public static EvaluateInput Evaluation(TaskDefinition task, string dataset, string checkpoint, int count) =>
        new(task.Name, dataset, checkpoint, new ArchitectureSampler(task.Space, SeedCommand.ArchitectureSeed).Distinct(count));
}
