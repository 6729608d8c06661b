using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HsNas.Contracts;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using HsNas.Spaces;
using HsNas.Translation;

namespace HsNas.Cli.Data;

/// <summary>
/// Turns text into a data set: learns the vocabulary on the training part, encodes, stores under a content hash. Text is
/// read again for every pass, so the training part may be larger than memory.
/// </summary>
/// <param name="store">Where it goes.</param>
/// <param name="shardPairs">Training pairs a blob, at most.</param>
internal sealed class DatasetBuilder(IArtifactStore store, int shardPairs = 1_000_000)
{
    // Prompts and people read this much of the text; a copy of all of it would serve nobody.
    private const int ReadablePairs = 1_000_000;

    /// <summary>Prepares the task's data set; the same text gives the same hash and bytes.</summary>
    /// <exception cref="DataPreparationException">A part would be empty, or the text is too small for the vocabulary.</exception>
    public async Task<DatasetManifest> BuildAsync(TaskDefinition task, IRawCorpus corpus, CancellationToken cancellationToken)
    {
        var sizes = Enum.GetValues<CorpusPart>().ToDictionary(part => part, part => PartSize.Of(corpus.Read(part)));
        if (sizes.FirstOrDefault(s => s.Value.Pairs == 0) is { Value: not null } empty)
            throw new DataPreparationException($"The {empty.Key} part of {task.Name} would be empty: too little text.");

        var vocabulary = Train(task, corpus.Read(CorpusPart.Train));
        var vocabularyJson = JsonSerializer.Serialize(vocabulary, Json.Options);
        var hash = Hash(vocabularyJson, corpus, sizes);
        await store.WriteTextAsync(BlobLayout.Vocabulary(task.Name, hash), vocabularyJson, cancellationToken);
        var shards = 0;
        foreach (var part in Enum.GetValues<CorpusPart>())
        {
            var shard = 0;
            foreach (var pairs in corpus.Read(part).Chunk(part == CorpusPart.Train ? shardPairs : int.MaxValue))
                await store.WriteAsync(BlobLayout.Corpus(task.Name, hash, part, shard++), EncodedCorpus.Encode(pairs, vocabulary)
                    .ToBytes(), cancellationToken);
            if (part == CorpusPart.Train) shards = shard;
            await store.WriteTextAsync(BlobLayout.SourceText(task.Name, hash, part), Lines(corpus.Read(part), p => p.Source),
                cancellationToken);
            await store.WriteTextAsync(BlobLayout.References(task.Name, hash, part), Lines(corpus.Read(part), p => p.Target),
                cancellationToken);
        }

        // Last: a reader that finds the manifest finds everything it names.
        var manifest = new DatasetManifest(task.Name, hash, corpus.Provenance, vocabulary.Size,
            sizes[CorpusPart.Train].Pairs, sizes[CorpusPart.Valid].Pairs, sizes[CorpusPart.Test].Pairs, shards > 1 ? shards : null);
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

    // Hashing.Fingerprint over vocabulary and the lines of all parts, without holding the lines.
    private static string Hash(string vocabularyJson, IRawCorpus corpus, Dictionary<CorpusPart, PartSize> sizes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(Encoding.UTF8.GetByteCount(vocabularyJson), [vocabularyJson]);
        foreach (var (part, size) in sizes)
        {
            Append(size.SourceBytes, corpus.Read(part).Select(p => p.Source + "\n"));
            Append(size.TargetBytes, corpus.Read(part).Select(p => p.Target + "\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];

        void Append(long bytes, IEnumerable<string> pieces)
        {
            hash.AppendData(BitConverter.GetBytes(bytes));
            foreach (var piece in pieces) hash.AppendData(Encoding.UTF8.GetBytes(piece));
        }
    }

    private static string Lines(IEnumerable<SentencePair> pairs, Func<SentencePair, string> side) =>
        new StringBuilder().AppendJoin("", pairs.Take(ReadablePairs).Select(p => side(p) + "\n")).ToString();

    private sealed record PartSize(int Pairs, long SourceBytes, long TargetBytes)
    {
        public static PartSize Of(IEnumerable<SentencePair> pairs)
        {
            var (count, source, target) = (0, 0L, 0L);
            foreach (var pair in pairs)
                (count, source, target) = (count + 1, source + Encoding.UTF8.GetByteCount(pair.Source) + 1,
                    target + Encoding.UTF8.GetByteCount(pair.Target) + 1);
            return new PartSize(count, source, target);
        }
    }
}
