using System.Text.Json;
using HsNas.Contracts.Jobs;
using HsNas.GpuWorker.Decoding;
using HsNas.GpuWorker.Scoring;
using HsNas.GpuWorker.Training;
using TorchSharp;

namespace HsNas.GpuWorker.Jobs;

/// <summary>
/// Validation loss and BLEU of architectures with inherited weights: what Table 1 compares with BLEU trained from scratch.
/// Continues behind the last architecture of the job's checkpoint.
/// </summary>
internal sealed class EvaluateJobHandler(torch.Device device) : IJobHandler
{
    /// <inheritdoc/>
    public string Kind => JobKinds.Evaluate;

    /// <inheritdoc/>
    public async Task<object> RunAsync(JobContext job, JsonElement input, CancellationToken cancellationToken)
    {
        var request = JobInput.Read<EvaluateInput>(input);
        var task = await TaskResolver.ResolveAsync(job.Store, request.Task, cancellationToken);
        var data = await TrainingData.LoadForScoringAsync(job.Store, task, request.Dataset, cancellationToken);
        foreach (var architecture in request.Architectures) TaskResolver.Validate(architecture, task.Space);
        using var supernet =
            await LoadedSupernet.LoadAsync(job.Store, task, data, request.Checkpoint, device, job.SupernetKinds, cancellationToken);
        var done = await job.TryReadCheckpointAsync(cancellationToken) is { } checkpoint
            ? JsonSerializer.Deserialize<EvaluateResult>(checkpoint)!
            : new EvaluateResult([], [], 0, 0);
        while (done.LossBits.Count < request.Architectures.Count)
        {
            var architecture = request.Architectures[done.LossBits.Count];
            var start = Environment.CpuUsage.TotalTime;
            var loss = supernet.Score([architecture], cancellationToken)[0];
            var scored = Environment.CpuUsage.TotalTime;
            var bleu = BleuEvaluation.Score(
                supernet.Model, architecture, data.Valid, data.ValidReferences, data.Vocabulary, device, null, cancellationToken);
            var translated = Environment.CpuUsage.TotalTime;
            done = new EvaluateResult([.. done.LossBits, loss], [.. done.ValidBleu, bleu.Sacre],
                done.LossCpuSeconds + (scored - start).TotalSeconds, done.BleuCpuSeconds + (translated - scored).TotalSeconds);
            var state = done;
            await job.ReportAsync(done.LossBits.Count, request.Architectures.Count, "architectures", null, cancellationToken);
            await job.CheckpointAsync(() => JsonSerializer.SerializeToUtf8Bytes(state), cancellationToken);
        }

        await job.ClearCheckpointAsync(cancellationToken);
        return done;
    }
}
