using System.Text.Json;
using HsNas.Contracts.Jobs;
using HsNas.GpuWorker.Scoring;
using HsNas.Kernel.Stores;
using HsNas.Predictors;
using HsNas.Spaces;
using TorchSharp;

namespace HsNas.GpuWorker.Jobs;

/// <summary>
/// Labels random architectures with a supernet, for "distilled HAT" (docs/method.md, "Distilled predictor"). A label is minus
/// the validation loss in bits.
/// </summary>
internal static class SupernetLabels
{
    private const int Chunk = 25;

    /// <summary>The labels of <paramref name="request"/>; written to its labels blob. Continues from the job's checkpoint.</summary>
    public static async Task<LabelSet> CreateAsync(
        JobContext job, TrainRegressorInput request, TaskDefinition task, torch.Device device, CancellationToken cancellationToken)
    {
        var blob = BlobPath.Parse(request.Labels);
        if (await job.Store.TryReadJsonAsync<LabelSet>(blob, cancellationToken) is { } known) return known;
        var pool = PredictorDistiller.Pool(task, request.Architectures ?? PredictorDistiller.PaperPoolSize, request.Seed);
        var done = await job.TryReadCheckpointAsync(cancellationToken) is { } checkpoint
            ? JsonSerializer.Deserialize<List<double>>(checkpoint)! : [];
        using var supernet = await LoadedSupernet.LoadAsync(
            job.Store, request.Task, request.Dataset, request.Supernet!, device, job.SupernetKinds, cancellationToken);
        while (done.Count < pool.Count)
        {
            done.AddRange(supernet.Score([.. pool.Skip(done.Count).Take(Chunk)], cancellationToken).Select(bits => -bits));
            await job.ReportAsync(done.Count, pool.Count, "labels", null, cancellationToken);
            await job.CheckpointAsync(() => JsonSerializer.SerializeToUtf8Bytes(done), cancellationToken);
        }

        var items = pool.Zip(done, (a, label) => new LabelledArchitecture(a, label));
        var labels = new LabelSet($"minus the validation loss in bits under {request.Supernet}", [.. items]);
        await job.Store.WriteJsonAsync(blob, labels, cancellationToken);
        await job.ClearCheckpointAsync(cancellationToken);
        return labels;
    }
}
