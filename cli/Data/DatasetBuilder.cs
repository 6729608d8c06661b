using System.Text.Json;
using HsNas.Shared.Messaging;
using HsNas.Shared.Tasks;
using HsNas.Shared.Translation;

namespace HsNas.Cli.Data;

/// <summary>Turns raw pairs into a data set: clean, split, learn the vocabulary on the training part, encode, store under a content hash.</summary>
internal sealed class DatasetBuilder(IArtifactStore store)
{
    /// <summary>Prepares the task's data set; the same text gives the same hash and bytes.</summary>
    /// <exception cref="DataPreparationException">A part would be empty, or the text is too small for the vocabulary.</exception>
    public async Task<DatasetManifest> BuildAsync(
        TaskDefinition task, IEnumerable<SentencePair> raw, string provenance, CancellationToken cancellationToken)
    {
        var parts = new CorpusCleaner().Clean(raw).ToLookup(p => CorpusCleaner.PartOf(p.Source));
        foreach (var part in Enum.GetValues<CorpusPart>())
            if (!parts[part].Any()) throw new DataPreparationException($"The {part} part of {task.Name} would be empty: too little text.");

        var vocabulary = Train(task, parts[CorpusPart.Train]);
        var vocabularyJson = JsonSerializer.Serialize(vocabulary, Json.Options);
        var hash = BlobLayout.Fingerprint(
            [vocabularyJson, .. Enum.GetValues<CorpusPart>().SelectMany(p => new[] { Lines(parts[p], s => s.Source), Lines(parts[p], s => s.Target) })])[..16];
        await store.WriteTextAsync(BlobLayout.Vocabulary(task.Name, hash), vocabularyJson, cancellationToken);
        foreach (var part in Enum.GetValues<CorpusPart>())
        {
            var pairs = parts[part].ToList();
            await store.WriteAsync(BlobLayout.Corpus(task.Name, hash, part), EncodedCorpus.Encode(pairs, vocabulary).ToBytes(), cancellationToken);
            await store.WriteTextAsync(BlobLayout.SourceText(task.Name, hash, part), Lines(pairs, p => p.Source), cancellationToken);
            await store.WriteTextAsync(BlobLayout.References(task.Name, hash, part), Lines(pairs, p => p.Target), cancellationToken);
        }

        // Last: a reader that finds the manifest finds everything it names.
        var manifest = new DatasetManifest(task.Name, hash, provenance, vocabulary.Size,
            parts[CorpusPart.Train].Count(), parts[CorpusPart.Valid].Count(), parts[CorpusPart.Test].Count());
        await store.WriteJsonAsync(BlobLayout.CurrentDataset(task.Name), manifest, cancellationToken);
        return manifest;
    }

    private static BytePairVocabulary Train(TaskDefinition task, IEnumerable<SentencePair> pairs)
    {
        try
        {
            return BytePairTrainer.Train(pairs.SelectMany(p => new[] { p.Source, p.Target }), task.VocabularySize);
        }
        catch (ArgumentException e)
        {
            throw new DataPreparationException($"The vocabulary of {task.Name} cannot be learned: {e.Message}", e);
        }
    }

    private static string Lines(IEnumerable<SentencePair> pairs, Func<SentencePair, string> side) =>
        string.Concat(pairs.Select(p => side(p) + "\n"));
}
