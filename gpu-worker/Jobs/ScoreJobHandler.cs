using System.Text.Json;
using HsNas.GpuWorker.Scoring;
using HsNas.GpuWorker.Supernets;
using HsNas.GpuWorker.Training;
using HsNas.Shared.Messaging;
using TorchSharp;

namespace HsNas.GpuWorker.Jobs;

/// <summary>Scores candidates with inherited weights. Supernet and validation data stay on the device between jobs.</summary>
internal sealed class ScoreJobHandler(torch.Device device) : IJobHandler, IDisposable
{
    private const int TokensPerBatch = 1500;

    private string? _loaded;
    private SuperTransformer? _model;
    private ValidationSet? _validation;
    private CandidateScorer? _scorer;

    /// <inheritdoc/>
    public string Kind => JobKinds.Score;

    /// <inheritdoc/>
    public async Task<object> RunAsync(JobContext job, JsonElement input, CancellationToken cancellationToken)
    {
        var request = input.Deserialize<ScoreInput>(Json.Options)!;
        await LoadAsync(job.Store, request, cancellationToken);
        var losses = _scorer!.Score(request.Architectures, null, cancellationToken);
        return new ScoreResult(losses);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _model?.Dispose();
        _validation?.Dispose();
    }

    private async Task LoadAsync(IArtifactStore store, ScoreInput request, CancellationToken cancellationToken)
    {
        var key = $"{request.Checkpoint}@{request.Dataset}";
        if (_loaded == key) return;
        var task = await TaskResolver.ResolveAsync(store, request.Task, cancellationToken);
        var data = await TrainingData.LoadAsync(store, task, request.Dataset, cancellationToken);
        var weights = await store.ReadAsync(BlobPath.Parse(request.Checkpoint), cancellationToken);
        Dispose();
        _loaded = null;
        _model = ModelFile.Load(task, weights, device);
        _validation = new ValidationSet(data.Valid, task.Training!.ScoringSentences, TokensPerBatch, device);
        _scorer = new CandidateScorer(_model, _validation, task.Training.LabelSmoothing);
        _loaded = key;
    }
}
