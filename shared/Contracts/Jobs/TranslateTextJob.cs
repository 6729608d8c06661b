using HsNas.Translation;

namespace HsNas.Contracts.Jobs;

/// <summary>
/// Input of <see cref="JobKinds.TranslateText"/>: one shard of a training text is translated by a teacher, beam 4
/// (docs/method.md, "Sequence-level distillation").
/// </summary>
/// <param name="Task">Task name.</param>
/// <param name="Dataset">Hash of its data set.</param>
/// <param name="Teacher">Id of an exported model: the job that trained it, or the hash of a folder that was put there.</param>
/// <param name="Shard">Which part of the training text, from 0.</param>
/// <param name="Shards">Parts in all; part i of n holds the pairs from i/n to (i+1)/n of the text.</param>
public sealed record TranslateTextInput(string Task, string Dataset, string Teacher, int Shard, int Shards);

/// <summary>Result of <see cref="JobKinds.TranslateText"/>.</summary>
/// <param name="Text">Blob of the pairs: the text's own sources, and the teacher's translations.</param>
/// <param name="Pairs">Pairs of the shard.</param>
/// <param name="Kept">Of them, those whose reference was kept: too long to be trained on, or translated to nothing.</param>
/// <param name="Seconds">Seconds that this worker translated; a shard that was begun by another one took longer.</param>
public sealed record TranslateTextResult(string Text, int Pairs, int Kept, double Seconds);

/// <summary>The training text as a teacher translated it, in place of its references.</summary>
/// <param name="Teacher">The teacher, as <see cref="TranslateTextInput.Teacher"/> names it.</param>
/// <param name="Shards">Parts that it lies in.</param>
public sealed record DistilledText(string Teacher, int Shards)
{
    /// <summary>Most parts of a text: an orchestration waits for all of them.</summary>
    public const int MostShards = 64;

    private const int PairsPerShard = 5000;

    /// <summary>The text of a data set as <paramref name="teacher"/> translates it, in parts of about 5,000 pairs or more.</summary>
    public static DistilledText Of(string teacher, DatasetManifest dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return new DistilledText(teacher, Math.Clamp((dataset.TrainPairs + PairsPerShard - 1) / PairsPerShard, 1, MostShards));
    }

    /// <summary>The jobs that translate it, in order.</summary>
    public IReadOnlyList<TranslateTextInput> Translations(string task, string dataset) =>
        [.. Enumerable.Range(0, Shards).Select(shard => new TranslateTextInput(task, dataset, Teacher, shard, Shards))];
}
