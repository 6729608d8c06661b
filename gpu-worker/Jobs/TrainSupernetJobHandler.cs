using System.Text.Json;
using HsNas.GpuWorker.Training;
using HsNas.Shared.Messaging;
using TorchSharp;

namespace HsNas.GpuWorker.Jobs;

/// <summary>Trains a weight-sharing supernet and stores its weights.</summary>
internal sealed class TrainSupernetJobHandler(torch.Device device) : IJobHandler
{
    /// <inheritdoc/>
    public string Kind => JobKinds.TrainSupernet;

    /// <inheritdoc/>
    public async Task<object> RunAsync(JobContext job, JsonElement input, CancellationToken cancellationToken)
    {
        var request = input.Deserialize<TrainSupernetInput>(Json.Options)!;
        if (request.Kind != "hat") throw new JobFailedException($"kind '{request.Kind}' is not a supernet; allowed: hat.");
        var task = await TaskResolver.ResolveAsync(job.Store, request.Task, cancellationToken);
        var data = await TrainingData.LoadAsync(job.Store, task, request.Dataset, cancellationToken);
        var plan = new TrainingPlan(request.Steps, request.Warmup, request.Seed);
        using var trainer = new Trainer(task, data, new SinglePathOneShot(task.Space, request.Seed), plan, device);
        var loss = await TrainingLoop.RunAsync(trainer, request.Steps, job, cancellationToken);
        var path = BlobLayout.Supernet(request.Fingerprint());
        await job.Store.WriteAsync(path, ModelFile.Write(trainer.Model), cancellationToken);
        await job.ClearCheckpointAsync(cancellationToken);
        return new TrainSupernetResult(path.ToString(), request.Steps, double.IsFinite(loss) ? loss : 0, trainer.Seconds, trainer.Tokens / Math.Max(1e-9, trainer.Seconds));
    }
}
