using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Kernel.Stores;
using HsNas.Spaces;
using HsNas.Translation;

namespace HsNas.GpuWorker.Training;

/// <summary>A prepared data set in memory.</summary>
internal sealed record TrainingData(
    DatasetManifest Manifest, BytePairVocabulary Vocabulary, EncodedCorpus Train, EncodedCorpus Valid, EncodedCorpus Test,
    IReadOnlyList<string> ValidReferences, IReadOnlyList<string> TestReferences)
{
    /// <summary>Loads the data set <paramref name="hash"/> of a task, or its current one where null.</summary>
    /// <exception cref="TrainingDataException">Nothing is prepared, or the vocabulary does not fit the task.</exception>
    public static Task<TrainingData> LoadAsync(
        IArtifactStore store, TaskDefinition task, string? hash, CancellationToken cancellationToken) =>
        LoadAsync(store, task, hash, training: true, cancellationToken);

    /// <summary>
    /// The same without the training part, which may be millions of sentences and is not needed to score. <see cref="Train"/> is
    /// empty.
    /// </summary>
    /// <exception cref="TrainingDataException">Nothing is prepared, or the vocabulary does not fit the task.</exception>
    public static Task<TrainingData> LoadForScoringAsync(
        IArtifactStore store, TaskDefinition task, string? hash, CancellationToken cancellationToken) =>
        LoadAsync(store, task, hash, training: false, cancellationToken);

    private static async Task<TrainingData> LoadAsync(
        IArtifactStore store, TaskDefinition task, string? hash, bool training, CancellationToken cancellationToken)
    {
        var manifest = await store.TryReadJsonAsync<DatasetManifest>(BlobLayout.CurrentDataset(task.Name), cancellationToken)
            ?? throw new TrainingDataException($"Task {task.Name} has no data set; run 'hsnas data prepare {task.Name}'.");
        if (hash is not null && hash != manifest.Hash)
            throw new TrainingDataException($"Task {task.Name} now has data set {manifest.Hash}; the job was made for {hash}.");
        var vocabulary = await store.ReadJsonAsync<BytePairVocabulary>(BlobLayout.Vocabulary(task.Name, manifest.Hash), cancellationToken);
        if (vocabulary.Size > task.VocabularySize)
            throw new TrainingDataException($"The vocabulary has {vocabulary.Size} ids; task {task.Name} allows {task.VocabularySize}.");
        var train = training ? await Corpus(CorpusPart.Train) : new EncodedCorpus([], []);
        var valid = await Corpus(CorpusPart.Valid);
        var test = await Corpus(CorpusPart.Test);
        return new TrainingData(
            manifest, vocabulary, train, valid, test, await References(CorpusPart.Valid), await References(CorpusPart.Test));

        async Task<EncodedCorpus> Corpus(CorpusPart part)
        {
            var shards = new List<EncodedCorpus>();
            for (var shard = 0; shard < (part == CorpusPart.Train ? manifest.TrainShards ?? 1 : 1); shard++)
                shards.Add(EncodedCorpus.FromBytes(
                    await store.ReadAsync(BlobLayout.Corpus(task.Name, manifest.Hash, part, shard), cancellationToken)));
            var corpus = shards is [var only] ? only : EncodedCorpus.Join(shards);
            if (corpus.Count == 0) throw new TrainingDataException($"The {part} part of {task.Name} is empty.");
            if (corpus.Sources.Concat(corpus.Targets).Any(s => s.Any(t => t < 0 || t >= vocabulary.Size)))
                throw new TrainingDataException($"The {part} part of {task.Name} holds ids outside its vocabulary of {vocabulary.Size}.");
            return corpus;
        }

        async Task<IReadOnlyList<string>> References(CorpusPart part)
        {
            var bytes = await store.ReadAsync(BlobLayout.References(task.Name, manifest.Hash, part), cancellationToken);
            return System.Text.Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
    }

    /// <summary>The same with a teacher's translations in place of the training part's references.</summary>
    /// <exception cref="TrainingDataException">A part of the translations is missing, or they are of another text.</exception>
    public async Task<TrainingData> TranslatedAsync(
        IArtifactStore store, TaskDefinition task, DistilledText text, CancellationToken cancellationToken)
    {
        var shards = new List<EncodedCorpus>();
        for (var shard = 0; shard < text.Shards; shard++)
        {
            var path = BlobLayout.DistilledText(task.Name, Manifest.Hash, text.Teacher, shard, text.Shards);
            var bytes = await store.TryReadAsync(path, cancellationToken)
                ?? throw new TrainingDataException($"The training text of {task.Name} is not translated: {path} is missing.");
            shards.Add(EncodedCorpus.FromBytes(bytes));
        }

        var translated = EncodedCorpus.Join(shards);
        return translated.Count == Train.Count && translated.Sources.Zip(Train.Sources).All(p => p.First.SequenceEqual(p.Second))
            ? this with { Train = translated }
            : throw new TrainingDataException($"What {text.Teacher} translated is not the training text of data set {Manifest.Hash}.");
    }

    /// <summary>Rows of the training part that are used: none longer than <paramref name="longest"/> tokens on a side.</summary>
    public IEnumerable<int> TrainingRows(int longest) => Enumerable.Range(0, Train.Count)
        .Where(i => Math.Max(Train.Sources[i].Length, Train.Targets[i].Length) <= longest);
}

/// <summary>Text that a job needs is missing or does not fit.</summary>
internal sealed class TrainingDataException(string message) : Exception(message);
