using System.Text.Json;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.GpuWorker.Decoding;
using HsNas.GpuWorker.Export;
using HsNas.GpuWorker.Training;
using HsNas.Kernel.Stores;
using HsNas.Models;
using HsNas.Spaces;
using HsNas.Translation;
using TorchSharp;

namespace HsNas.GpuWorker.Jobs;

/// <summary>
/// Translates a shard of a training text with a trained model, for students to learn from (docs/method.md, "Sequence-level
/// distillation"). Continues behind the last batch of the job's checkpoint.
/// </summary>
internal sealed class TranslateTextJobHandler(torch.Device device) : IJobHandler
{
    /// <inheritdoc/>
    public string Kind => JobKinds.TranslateText;

    /// <inheritdoc/>
    public async Task<object> RunAsync(JobContext job, JsonElement input, CancellationToken cancellationToken)
    {
        var request = Checked(JobInput.Read<TranslateTextInput>(input));
        var task = await TaskResolver.ResolveAsync(job.Store, request.Task, cancellationToken);
        var data = await TrainingData.LoadAsync(job.Store, task, request.Dataset, cancellationToken);
        using var teacher = await TeacherAsync(job.Store, request.Teacher, task, data, cancellationToken);
        var search = new BeamSearch(teacher.Model, teacher.Config.Architecture, new BeamOptions(), device);
        var (first, end) = (Start(request.Shard), Start(request.Shard + 1));
        var shard = new EncodedCorpus([.. data.Train.Sources.Take(first..end)], [.. data.Train.Targets.Take(first..end)]);
        // Pairs too long to be trained on are not worth a translation; they stay, so that rows keep their numbers.
        int[] rows = [.. data.TrainingRows(task.Training!.LongestSentence).Where(r => r >= first && r < end).Select(r => r - first)];
        var translation = new TextTranslation(shard, rows);
        if (await job.TryReadCheckpointAsync(cancellationToken) is { } checkpoint && !translation.TryRestore(checkpoint))
            translation = new TextTranslation(shard, rows);

        var start = job.Time.GetTimestamp();
        while (!translation.Finished)
        {
            cancellationToken.ThrowIfCancellationRequested();
            translation.Advance(search);
            await job.ReportAsync(translation.Done, translation.Sentences, "sentences", null, cancellationToken);
            await job.CheckpointAsync(translation.Save, cancellationToken);
        }

        var path = BlobLayout.DistilledText(task.Name, request.Dataset, request.Teacher, request.Shard, request.Shards);
        await job.Store.WriteAsync(path, translation.Text.ToBytes(), cancellationToken);
        await job.ClearCheckpointAsync(cancellationToken);
        return new TranslateTextResult(
            path.ToString(), shard.Count, shard.Count - rows.Length + translation.Empty, job.Time.GetElapsedTime(start).TotalSeconds);

        int Start(int part) => (int)((long)data.Train.Count * part / request.Shards);
    }

    private static TranslateTextInput Checked(TranslateTextInput input)
    {
        if (input.Shards is < 1 or > DistilledText.MostShards)
            throw new JobFailedException($"shards is {input.Shards}; allowed: 1 to {DistilledText.MostShards}.");
        return input.Shard >= 0 && input.Shard < input.Shards ? input
            : throw new JobFailedException($"shard is {input.Shard}; allowed: 0 to {input.Shards - 1}.");
    }

    private async Task<ExportedModel> TeacherAsync(
        IArtifactStore store, string id, TaskDefinition task, TrainingData data, CancellationToken cancellationToken)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var file in ModelFiles.Names)
        {
            files[file] = await store.TryReadAsync(BlobLayout.Export(id, file), cancellationToken)
                ?? throw new JobFailedException($"Teacher {id} has no {file}; its training did not end, or was removed.");
        }

        var teacher = ExportedModel.Load(file => files[file], device);
        var config = teacher.Config;
        var problem = (config.Source, config.Target) != (task.Source, task.Target)
                ? $"it translates {config.Source} to {config.Target}; {task.Name} is {task.Source} to {task.Target}"
            : !teacher.Vocabulary.IsSameAs(data.Vocabulary) ? $"its subwords are not those of data set {data.Manifest.Hash}"
            : null;
        if (problem is null) return teacher;
        teacher.Dispose();
        throw new JobFailedException($"Model {id} cannot translate the text of {task.Name}: {problem}.");
    }
}
