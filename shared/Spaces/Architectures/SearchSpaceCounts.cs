using System.Numerics;

namespace HsNas.Spaces;

/// <summary>How large a space is. For the WMT spaces: 417,846,678,672,384 architectures behind 2,437,438,960,041,984 genes.</summary>
/// <param name="Architectures">Distinct subtransformers (inactive slots not counted).</param>
/// <param name="Genes">Distinct genes (every slot counted).</param>
public sealed record SearchSpaceCounts(BigInteger Architectures, BigInteger Genes)
{
    /// <summary>Counts <paramref name="space"/> exactly; its choices are distinct.</summary>
    public static SearchSpaceCounts Of(SearchSpace space)
    {
        BigInteger perEncoderLayer = (BigInteger)space.EncoderFfnDims.Length * space.EncoderHeads.Length;
        BigInteger perDecoderLayer = (BigInteger)space.DecoderFfnDims.Length * space.DecoderSelfHeads.Length
            * space.DecoderCrossHeads.Length * space.DecoderArbitrary.Length;
        var encoders = space.EncoderLayers.Aggregate(BigInteger.Zero, (sum, depth) => sum + BigInteger.Pow(perEncoderLayer, depth));
        var decoders = space.DecoderLayers.Aggregate(BigInteger.Zero, (sum, depth) => sum + BigInteger.Pow(perDecoderLayer, depth));
        var genes = new GeneLayout(space).Choices.Aggregate(BigInteger.One, (product, choices) => product * choices.Length);
        return new SearchSpaceCounts(space.EncoderEmbedDims.Length * encoders * space.DecoderEmbedDims.Length * decoders, genes);
    }
}
