using System.Text;
using System.Text.Json;
using HsNas.Contracts;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using HsNas.Kernel.Validation;
using HsNas.Spaces;
using HsNas.Tests.Support;
using HsNas.Translation;

namespace HsNas.Trials;

/// <summary>A user's own task, small enough to be searched in seconds: say the letters backwards.</summary>
/// <param name="Name">Its name. The prompt holds it too, so another name needs other labels.</param>
public sealed record MicroTask(string Name)
{
    /// <summary>A task that is finished in seconds.</summary>
    public static readonly MicroTask Plain = new("micro");

    /// <summary>The same under another name, so that no label of it is bought yet.</summary>
    public static readonly MicroTask Twin = new("micro-twin");

    /// <summary>A task whose supernet training takes for ever.</summary>
    public static readonly MicroTask Endless = new("micro-endless") { SupernetSteps = 1_000_000 };

    /// <summary>A task whose training text is missing.</summary>
    public static readonly MicroTask Broken = new("micro-broken") { HasTrainingText = false };

    private const string DatasetHash = "0123456789abcdef";
    private static readonly BytePairVocabulary Vocabulary = ToySpace.Vocabulary;

    /// <summary>A GFLOPs limit that about half of the architectures keep.</summary>
    public static double GFlopsLimit { get; } = MedianGFlops();

    /// <summary>Updates of the supernet.</summary>
    public int SupernetSteps { get; init; } = 40;

    /// <summary>Whether the training part of the data set is uploaded.</summary>
    public bool HasTrainingText { get; init; } = true;

    /// <summary>The definition.</summary>
    public TaskDefinition Definition => ToySpace.Task(Name, $"letters backwards, {Name}", new TrainingRecipe
    {
        BatchTokens = 60,
        ScratchSteps = 30,
        ScratchWarmup = 3,
        SupernetSteps = SupernetSteps,
        SupernetWarmup = 3,
        PeakLearningRate = 3e-3,
        Dropout = 0.1,
        ScoringSentences = 12,
    });

    /// <summary>Uploads definition, data set and seed architectures.</summary>
    public async Task UploadAsync(IArtifactStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        var task = Definition;
        await store.WriteTextAsync(BlobLayout.Task(Name), JsonSerializer.Serialize(task, StrictJson.Options));
        foreach (var (part, count, seed) in new[] { (CorpusPart.Train, 60, 1L), (CorpusPart.Valid, 20, 2L), (CorpusPart.Test, 20, 3L) })
        {
            var pairs = Pairs(count, seed);
            if (HasTrainingText || part != CorpusPart.Train)
                await store.WriteAsync(BlobLayout.Corpus(Name, DatasetHash, part), EncodedCorpus.Encode(pairs, Vocabulary).ToBytes());
            await store.WriteTextAsync(BlobLayout.SourceText(Name, DatasetHash, part), Lines(pairs.Select(p => p.Source)));
            await store.WriteTextAsync(BlobLayout.References(Name, DatasetHash, part), Lines(pairs.Select(p => p.Target)));
        }

        await store.WriteJsonAsync(BlobLayout.Vocabulary(Name, DatasetHash), Vocabulary);
        await store.WriteJsonAsync(
            BlobLayout.CurrentDataset(Name), new DatasetManifest(Name, DatasetHash, "made up", Vocabulary.Size, 60, 20, 20));
        await store.WriteTextAsync(BlobLayout.Seeds(Name), Lines(Seeds(task)));
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
        var costs = CostModel.For(Plain.Definition);
        return new ArchitectureSampler(ToySpace.Space, 1).Distinct(201).Select(a => costs.Evaluate(a).TotalGFlops).Order()
            .ElementAt(100);
    }

    private static string Lines(IEnumerable<string> lines) => new StringBuilder().AppendJoin('\n', lines).Append('\n').ToString();
}
