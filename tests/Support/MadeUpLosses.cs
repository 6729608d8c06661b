using HsNas.Evolution.Racing;
using HsNas.Kernel;
using HsNas.Spaces;

namespace HsNas.Tests.Support;

/// <summary>
/// Losses of a supernet that does not exist: a function of architecture and block, as real ones are. Blocks move together between
/// architectures, and each has a part of its own that no feature explains.
/// </summary>
internal sealed class MadeUpLosses : IBlockScorer
{
    private const int BlockCount = 12;
    private const double Unexplained = 0.004;

    /// <inheritdoc/>
    public IReadOnlyList<TextBlock> Blocks { get; } = [.. Enumerable.Range(0, BlockCount).Select(i => new TextBlock(10, 150 + (7 * i)))];

    /// <summary>Ranges that were asked for.</summary>
    public List<BlockRange> Asked { get; } = [];

    /// <summary>Sentences times architectures that were asked for.</summary>
    public long SentenceEvaluations => Asked.Sum(r => Blocks.Skip(r.From).Take(r.To - r.From).Sum(b => (long)b.Sentences));

    /// <inheritdoc/>
    public IReadOnlyList<float[]> Score(IReadOnlyList<BlockRange> ranges, CancellationToken cancellationToken = default)
    {
        Asked.AddRange(ranges);
        return [.. ranges.Select(r => Enumerable.Range(r.From, r.To - r.From).Select(b => Sum(r.Architecture, b)).ToArray())];
    }

    /// <summary>Bits per token on the whole text; deeper and wider is better.</summary>
    public double Full(Architecture architecture) => TotalLoss.Bits(Complete(architecture), Blocks);

    /// <summary>All block losses of an architecture.</summary>
    public LossRecord Complete(Architecture architecture) =>
        new(architecture, [.. Enumerable.Range(0, Blocks.Count).Select(b => Sum(architecture, b))]);

    private float Sum(Architecture architecture, int block)
    {
        var trend = 6 - (0.1 * architecture.DecoderLayers) - (architecture.EncoderFfnDims.Sum() / 5000.0)
            - (architecture.DecoderEmbedDim / 900.0) - (architecture.DecoderFfnDims[^1] / 4000.0);
        var own = Noise(architecture.Key, -1) + Noise(architecture.Key, block);
        return (float)((trend + (0.02 * block) + (Unexplained * own)) * Blocks[block].Tokens);
    }

    // Between -1 and 1, without a state.
    private static double Noise(string key, int block) =>
        (Convert.ToInt32(Hashing.Fingerprint(key, $"{block}")[..6], 16) / (double)0x800000) - 1;
}
