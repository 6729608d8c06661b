using HsNas.Contracts.Supernets;
using HsNas.Evolution.Racing;
using HsNas.GpuWorker.Supernets;
using HsNas.GpuWorker.Training;
using HsNas.Kernel.Stores;
using HsNas.Spaces;
using TorchSharp;

namespace HsNas.GpuWorker.Scoring;

/// <summary>A supernet and its task's validation batches, on the device.</summary>
internal sealed class LoadedSupernet : IDisposable
{
    private const int TokensPerBatch = 1500;

    private readonly ValidationSet _validation;
    private readonly CandidateScorer _scorer;

    private LoadedSupernet(TaskDefinition task, SuperTransformer model, ValidationSet validation)
    {
        (Space, Model, _validation) = (task.Space, model, validation);
        _scorer = new CandidateScorer(model, validation, task.Training!.LabelSmoothing);
    }

    /// <summary>The space it was trained on.</summary>
    public SearchSpace Space { get; }

    /// <summary>The weights.</summary>
    public SuperTransformer Model { get; }

    /// <summary>Loads the weights of blob <paramref name="checkpoint"/>, whatever kind of supernet they are.</summary>
    public static async Task<LoadedSupernet> LoadAsync(
        IArtifactStore store, string taskName, string? dataset, string checkpoint, torch.Device device, SupernetKinds kinds,
        CancellationToken cancellationToken)
    {
        var task = await TaskResolver.ResolveAsync(store, taskName, cancellationToken);
        var data = await TrainingData.LoadForScoringAsync(store, task, dataset, cancellationToken);
        return await LoadAsync(store, task, data, checkpoint, device, kinds, cancellationToken);
    }

    /// <summary>The same for a task and a data set that are at hand.</summary>
    public static async Task<LoadedSupernet> LoadAsync(
        IArtifactStore store, TaskDefinition task, TrainingData data, string checkpoint, torch.Device device, SupernetKinds kinds,
        CancellationToken cancellationToken)
    {
        var weights = await store.ReadAsync(BlobPath.Parse(checkpoint), cancellationToken);
        var model = ModelFile.Load(task, weights, device, kinds);
        var validation = ValidationSet.ForRaces(data.Valid, task.Training!.ScoringSentences, TokensPerBatch, device);
        return new LoadedSupernet(task, model, validation);
    }

    /// <summary>Computes losses block by block.</summary>
    public IBlockScorer Blocks => _scorer;

    /// <summary>Losses in bits per token, in the order of <paramref name="candidates"/>.</summary>
    public double[] Score(IReadOnlyList<Architecture> candidates, CancellationToken cancellationToken) =>
        _scorer.Score(candidates, null, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        Model.Dispose();
        _validation.Dispose();
    }
}
