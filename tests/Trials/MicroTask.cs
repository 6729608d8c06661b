using System.Text;
using System.Text.Json;
using HsNas.Contracts;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using HsNas.Kernel.Validation;
using HsNas.Spaces;
using HsNas.Translation;

namespace HsNas.Trials;

/// <summary>A user's own task, small enough to be searched in seconds: say the letters backwards.</summary>
public static class MicroTask
{
    /// <summary>The task, finished in seconds.</summary>
    public const string Name = "micro";

    /// <summary>The same with a supernet training that takes for ever.</summary>
    public const string Endless = "micro-endless";

    /// <summary>The same with a corpus that is missing where it should lie.</summary>
    public const string Broken = "micro-broken";

    /// <summary>The same under another name in the prompt, so that no label of it is bought yet.</summary>
    public const string Twin = "micro-twin";

    private const string DatasetHash = "0123456789abcdef";
    private static readonly BytePairVocabulary Vocabulary = new(["▁", "a", "b", "c", "d", "e", "f", "g"], new List<string>());

    /// <summary>A GFLOPs limit that about half of the architectures keep.</summary>
    public static double GFlopsLimit { get; } = MedianGFlops();

    /// <summary>The definition under a name; another name makes another prompt.</summary>
    public static TaskDefinition Definition(string name) => new()
    {
        Name = name,
        Description = "Reverses its input.",
        PromptName = $"letters backwards, {name}",
        Source = "a",
        Target = "b",
        VocabularySize = Vocabulary.Size,
        ProfileSourceLength = 4,
        ProfileTargetLength = 4,
        Space = new SearchSpace
        {
            EncoderEmbedDims = [16, 12],
            EncoderLayers = [3],
            EncoderFfnDims = [24, 16, 8],
            EncoderHeads = [4, 2],
            DecoderEmbedDims = [16, 12],
            DecoderLayers = [3, 2, 1],
            DecoderFfnDims = [24, 16, 8],
            DecoderSelfHeads = [4, 2],
            DecoderCrossHeads = [4, 2],
            DecoderArbitrary = [-1, 1, 2],
            QkvDim = 16,
        },
        Training = new TrainingRecipe
        {
            BatchTokens = 60,
            ScratchSteps = 30,
            ScratchWarmup = 3,
            SupernetSteps = name == Endless ? 1_000_000 : 40,
            SupernetWarmup = 3,
            PeakLearningRate = 3e-3,
            Dropout = 0.1,
            ScoringSentences = 12,
        },
    };

    /// <summary>Uploads definition, data set and seed architectures of a task.</summary>
    public static async Task UploadAsync(IArtifactStore store, string name)
    {
        ArgumentNullException.ThrowIfNull(store);
        var task = Definition(name);
        await store.WriteTextAsync(BlobLayout.Task(name), JsonSerializer.Serialize(task, StrictJson.Options));
        foreach (var (part, count, seed) in new[] { (CorpusPart.Train, 60, 1L), (CorpusPart.Valid, 20, 2L), (CorpusPart.Test, 20, 3L) })
        {
            var pairs = Pairs(count, seed);
            if (name != Broken || part != CorpusPart.Train)
                await store.WriteAsync(BlobLayout.Corpus(name, DatasetHash, part), EncodedCorpus.Encode(pairs, Vocabulary).ToBytes());
            await store.WriteTextAsync(BlobLayout.SourceText(name, DatasetHash, part), Lines(pairs.Select(p => p.Source)));
            await store.WriteTextAsync(BlobLayout.References(name, DatasetHash, part), Lines(pairs.Select(p => p.Target)));
        }

        await store.WriteJsonAsync(BlobLayout.Vocabulary(name, DatasetHash), Vocabulary);
        await store.WriteJsonAsync(
            BlobLayout.CurrentDataset(name), new DatasetManifest(name, DatasetHash, "made up", Vocabulary.Size, 60, 20, 20));
        await store.WriteTextAsync(BlobLayout.Seeds(name), Lines(Seeds(task)));
    }

    private static List<SentencePair> Pairs(int count, long seed)
    {
        var random = SeededRandom.For(seed, 0, "micro corpus");
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var letters = Enumerable.Range(0, 1 + random.Next(4)).Select(_ => $"{(char)('a' + random.Next(7))}").ToList();
            return new SentencePair(string.Join(' ', letters), string.Join(' ', letters.AsEnumerable().Reverse()));
        })];
    }

    // TFS-Eval form; the labels are made up, but grow with depth and width as trained ones do.
    private static IEnumerable<string> Seeds(TaskDefinition task)
    {
        var noise = SeededRandom.For(9, 0, "micro seeds");
        var costs = CostModel.For(task);
        return new ArchitectureSampler(task.Space, 2026).Distinct(24).Select((a, i) =>
        {
            var cost = costs.Evaluate(a);
            return JsonSerializer.Serialize(new
            {
                arch_id = i,
                dataset = task.Name,
                enc_dim = a.EncoderEmbedDim,
                enc_layers = a.EncoderLayers,
                enc_ffn = a.EncoderFfnDims,
                enc_heads = a.EncoderHeads,
                dec_dim = a.DecoderEmbedDim,
                dec_layers = a.DecoderLayers,
                dec_ffn = a.DecoderFfnDims,
                dec_self_heads = a.DecoderSelfHeads,
                dec_cross_heads = a.DecoderCrossHeads,
                dec_arbitrary = a.DecoderArbitrary,
                total_flops = cost.TotalFlops,
                last_layer_flops = cost.LastLayerFlops,
                params_no_embed = cost.ParametersWithoutEmbeddings,
                params_embed = cost.EmbeddingParameters,
                tfs_valid_bleu = Math.Round(10 + (3 * a.DecoderLayers) + (a.EncoderFfnDims.Average() / 4) + (noise.Next(100) / 100.0), 2),
            });
        });
    }

    private static double MedianGFlops()
    {
        var costs = CostModel.For(Definition(Name));
        return new ArchitectureSampler(Definition(Name).Space, 1).Distinct(201).Select(a => costs.Evaluate(a).TotalGFlops).Order()
            .ElementAt(100);
    }

    private static string Lines(IEnumerable<string> lines) => new StringBuilder().AppendJoin('\n', lines).Append('\n').ToString();
}
