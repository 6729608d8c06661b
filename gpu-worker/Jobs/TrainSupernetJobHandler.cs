using System.Text.Json;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.GpuWorker.Supernets;
using HsNas.GpuWorker.Training;
using TorchSharp;

namespace HsNas.GpuWorker.Jobs;

/// <summary>Trains a weight-sharing supernet of any kind and stores its weights.</summary>
internal sealed class TrainSupernetJobHandler(torch.Device device) : IJobHandler
{
    /// <inheritdoc/>
    public string Kind => JobKinds.TrainSupernet;

    /// <inheritdoc/>
    public async Task<object> RunAsync(JobContext job, JsonElement input, CancellationToken cancellationToken)
    {
        var request = JobInput.Read<TrainSupernetInput>(input);
        if (!SupernetDesign.TryParse(
            job.SupernetKinds, request.Kind, request.Experts, request.RouterWidth, out var design, out var problem))
            throw new JobFailedException(problem);
        var task = await TaskResolver.ResolveAsync(job.Store, request.Task, cancellationToken);
        var data = await TrainingData.LoadAsync(job.Store, task, request.Dataset, cancellationToken);
        var plan = TrainingLoop.Plan(request.Steps, request.Warmup, request.Seed, request.Accumulate, request.Precision, device);
        var schedule = ArchitectureSchedules.Create(design.Kind.Schedule, task.Space, request.Seed);
        using var trainer = new Trainer(task, data, schedule, plan, device, design);
        var loss = await TrainingLoop.RunAsync(trainer, request.Steps, keeper: null, job, cancellationToken);
        var path = BlobLayout.Supernet(request.Fingerprint(job.SupernetKinds));
        await job.Store.WriteAsync(path, ModelFile.Write(trainer.Model, design), cancellationToken);
        await job.ClearCheckpointAsync(cancellationToken);
        return new TrainSupernetResult(path.ToString(), request.Steps, double.IsFinite(loss) ? loss : 0, trainer.Seconds,
            trainer.Tokens / Math.Max(1e-9, trainer.Seconds), trainer.CpuSeconds);
    }
}
