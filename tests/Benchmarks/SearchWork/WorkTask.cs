using System.Text.Json;
using HsNas.Benchmarks.Shared;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Contracts.Requests;
using HsNas.Contracts.Supernets;
using HsNas.Evolution.Constraints;
using HsNas.GpuWorker.Hosting;
using HsNas.GpuWorker.Jobs;
using HsNas.GpuWorker.Scoring;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using HsNas.Predictors;
using HsNas.Spaces;
using HsNas.Storage;
using HsNas.Translation;
using TorchSharp;

namespace HsNas.Benchmarks.SearchWork;

/// <summary>
/// A task with all that its searches need: the supernet of its recipe, trained here once, the predictor distilled from the
/// in-context regression on its seed architectures, and a limit in the middle of the space.
/// </summary>
internal sealed record WorkTask(TaskDefinition Task, LoadedSupernet Supernet, DistilledPredictor Distilled, SearchConstraints Limits)
{
    private const int SupernetSeed = 1;

    public static async Task<WorkTask> PrepareAsync(string name, string folder)
    {
        var (store, task) = (new DirectoryArtifactStore(folder), TaskCatalog.Get(name));
        var manifest = await store.ReadJsonAsync<DatasetManifest>(BlobLayout.CurrentDataset(name));
        var checkpoint = await TrainAsync(store, new SupernetChoice().ToTraining(task, manifest.Hash, SupernetSeed));
        var supernet = await LoadedSupernet.LoadAsync(
            store, name, manifest.Hash, checkpoint, torch.CPU, SupernetKinds.BuiltIn, CancellationToken.None);
        return new WorkTask(task, supernet, SeedDistillation.Of(task), Middle(task));
    }

    private static async Task<string> TrainAsync(IArtifactStore store, TrainSupernetInput input)
    {
        var runner = new JobRunner(store, [new TrainSupernetJobHandler(torch.CPU)], torch.CPU, TimeProvider.System);
        var result = await DirectJobs.RunAsync(runner, store, JobKinds.TrainSupernet, input);
        return result.Value?.Deserialize<TrainSupernetResult>(Json.Options)!.Checkpoint
            ?? throw new InvalidOperationException(result.Error);
    }

    private static SearchConstraints Middle(TaskDefinition task)
    {
        var (codec, cost) = (new GeneCodec(task.Space), CostModel.For(task));
        var ends = new[] { codec.Largest, codec.Smallest }.Select(a => cost.Evaluate(a).TotalFlops);
        return new SearchConstraints { GFlops = ends.Average() / 1e9 };
    }
}
