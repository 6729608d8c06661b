using System.Text.Json;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.GpuWorker.Decoding;
using HsNas.GpuWorker.Export;
using HsNas.GpuWorker.LatencyProbe;
using HsNas.GpuWorker.Scoring;
using HsNas.GpuWorker.Training;
using HsNas.Models;
using HsNas.Translation;
using TorchSharp;

namespace HsNas.GpuWorker.Jobs;

/// <summary>Trains one architecture from scratch, then reports its validation loss and BLEU.</summary>
internal sealed class TrainFromScratchJobHandler(torch.Device device) : IJobHandler
{
    /// <inheritdoc/>
    public string Kind => JobKinds.TrainFromScratch;

    /// <inheritdoc/>
    public async Task<object> RunAsync(JobContext job, JsonElement input, CancellationToken cancellationToken)
    {
        var request = JobInput.Read<TrainFromScratchInput>(input);
        var task = await TaskResolver.ResolveAsync(job.Store, request.Task, cancellationToken);
        TaskResolver.Validate(request.Architecture, task.Space);
        var data = await TrainingData.LoadAsync(job.Store, task, request.Dataset, cancellationToken);
        if (request.DistilText is { } text) data = await data.TranslatedAsync(job.Store, task, text, cancellationToken);
        var plan = TrainingLoop.Plan(request.Steps, request.Warmup, request.Seed, request.Accumulate, request.Precision, device);
        using var trainer = new Trainer(task, data, new FixedArchitecture(request.Architecture), plan, device);
        using var validation = new ValidationSet(data.Valid, null, task.Training!.BatchTokens, device);
        var scorer = new CandidateScorer(trainer.Model, validation, task.Training.LabelSmoothing);
        double Loss() => scorer.Score([request.Architecture], null, cancellationToken)[0];
        using var keeper = request.Keep is { } keep ? new WeightKeeper(TrainingLoop.Checked(keep), trainer.Model, Loss) : null;
        await TrainingLoop.RunAsync(trainer, request.Steps, keeper, job, cancellationToken);
        await job.Store.WriteAsync(BlobLayout.JobCheckpoint(job.JobId), TrainingLoop.Save(trainer, keeper), cancellationToken);

        var kept = keeper?.Choose();
        var loss = Loss();
        var validBleu = BleuEvaluation.Score(
            trainer.Model, request.Architecture, data.Valid, data.ValidReferences, data.Vocabulary, device, null, cancellationToken);
        var testBleu = BleuEvaluation.Score(
            trainer.Model, request.Architecture, data.Test, data.TestReferences, data.Vocabulary, device, null, cancellationToken);

        var path = BlobLayout.TrainedModel(job.JobId);
        await job.Store.WriteAsync(path, ModelFile.Write(trainer.Model), cancellationToken);
        var scores = new ExportedScores(loss, validBleu.Sacre, testBleu.Sacre, Tokenizer13a.Signature);
        var provenance = new ExportedProvenance(
            job.JobId, data.Manifest.Hash, data.Manifest.Provenance, (int)trainer.Step, request.Warmup, request.Seed,
            DeviceFingerprint.Of(device), request.DistilText?.Teacher);
        foreach (var (file, bytes) in ModelExporter.Export(trainer.Model, request.Architecture, task, data.Vocabulary, scores, provenance))
            await job.Store.WriteAsync(BlobLayout.Export(job.JobId, file), bytes, cancellationToken);
        await job.ClearCheckpointAsync(cancellationToken);
        return new TrainFromScratchResult(loss, validBleu.Sacre, testBleu.Sacre, trainer.Seconds, trainer.Tokens, path.ToString(),
            Tokenizer13a.Signature, validBleu.CompoundSplit, testBleu.CompoundSplit,
            BlobLayout.Export(job.JobId, ModelFiles.ConfigFile).ToString(), kept);
    }
}
