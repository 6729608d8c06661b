using HsNas.Evolution.Racing;
using HsNas.GpuWorker.Training;
using HsNas.Kernel;
using HsNas.Translation;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Scoring;

/// <summary>Validation text that stays on the device, in blocks of sentences in a fixed order.</summary>
internal sealed class ValidationSet : IDisposable
{
    // A candidate that is far off shows it on a thirtieth of the text. More blocks would be smaller ones, which cost more a sentence.
    private const int MostBlocks = 32;
    private const int SentencesPerBlock = 10;
    private const long OrderSeed = 1;

    private readonly IReadOnlyList<IReadOnlyList<TokenBatch>> _batches;

    /// <summary>
    /// All of <paramref name="sentences"/> validation sentences, or of all where null, a block for each batch. The text is in the
    /// order of the corpus, where neighbours are alike, so the sentences are taken at equal distances instead of from the front.
    /// </summary>
    public ValidationSet(EncodedCorpus corpus, int? sentences, int tokenBudget, Device device)
        : this(corpus, BatchPlan.Create(corpus, Rows(corpus, sentences), tokenBudget), tokenBudget, device)
    {
    }

    private ValidationSet(EncodedCorpus corpus, IEnumerable<int[]> blocks, int tokenBudget, Device device)
    {
        _batches = [.. blocks.Select(rows => Batches(corpus, rows, tokenBudget, device))];
        Blocks = [.. _batches.Select(b => new TextBlock((int)b.Sum(x => x.Source.shape[0]), b.Sum(x => x.Tokens)))];
        Tokens = Blocks.Sum(b => (long)b.Tokens);
    }

    /// <summary>
    /// The same sentences in about thirty blocks for races. Sentences of a block are of like length, so that little of it is
    /// padding; the order of the blocks is drawn from a fixed seed, so that the first ones are short and long.
    /// </summary>
    public static ValidationSet ForRaces(EncodedCorpus corpus, int? sentences, int tokenBudget, Device device)
    {
        var sorted = BatchPlan.Create(corpus, Rows(corpus, sentences), int.MaxValue).SelectMany(b => b).ToArray();
        var count = Math.Clamp(sorted.Length / SentencesPerBlock, 1, MostBlocks);
        var blocks = Enumerable.Range(0, count)
            .Select(i => sorted[(i * sorted.Length / count)..((i + 1) * sorted.Length / count)]).ToArray();
        SeededRandom.For(OrderSeed, 0, "scoring blocks").Shuffle<int[]>(blocks);
        return new ValidationSet(corpus, blocks, tokenBudget, device);
    }

    /// <summary>Size of each block.</summary>
    public IReadOnlyList<TextBlock> Blocks { get; }

    /// <summary>Target tokens in all.</summary>
    public long Tokens { get; }

    /// <summary>The batches of a block.</summary>
    public IReadOnlyList<TokenBatch> Batches(int block) => _batches[block];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var batch in _batches.SelectMany(b => b)) batch.Dispose();
    }

    private static IEnumerable<int> Rows(EncodedCorpus corpus, int? sentences)
    {
        var count = Math.Min(sentences ?? corpus.Count, corpus.Count);
        return Enumerable.Range(0, count).Select(i => (int)((long)i * corpus.Count / count));
    }

    private static List<TokenBatch> Batches(EncodedCorpus corpus, int[] rows, int tokenBudget, Device device) =>
        [.. BatchPlan.Create(corpus, rows, tokenBudget).Select(b => TokenBatch.Create(corpus, b, device))];
}
