using System.Collections.Immutable;

namespace HsNas.Spaces;

/// <summary>
/// Where each hyperparameter lies in a gene of a space, and which values each position may take (docs/method.md, "Search space"). All
/// offsets are 0-based; per-layer blocks start at their offset, layer 0 first.
/// </summary>
public sealed class GeneLayout
{
    /// <summary>The layout of <paramref name="space"/>.</summary>
    public GeneLayout(SearchSpace space)
    {
        EncoderSlots = space.MaxEncoderLayers;
        DecoderSlots = space.MaxDecoderLayers;
        Choices =
        [
            space.EncoderEmbedDims,
            space.EncoderLayers,
            .. Enumerable.Repeat(space.EncoderFfnDims, EncoderSlots),
            .. Enumerable.Repeat(space.EncoderHeads, EncoderSlots),
            space.DecoderEmbedDims,
            space.DecoderLayers,
            .. Enumerable.Repeat(space.DecoderFfnDims, DecoderSlots),
            .. Enumerable.Repeat(space.DecoderSelfHeads, DecoderSlots),
            .. Enumerable.Repeat(space.DecoderCrossHeads, DecoderSlots),
            .. Enumerable.Repeat(space.DecoderArbitrary, DecoderSlots),
        ];
        Names =
        [
            "encoder-embed-dim",
            "encoder-layer-num",
            .. PerLayer("encoder-ffn-embed-dim", EncoderSlots),
            .. PerLayer("encoder-self-attention-heads", EncoderSlots),
            "decoder-embed-dim",
            "decoder-layer-num",
            .. PerLayer("decoder-ffn-embed-dim", DecoderSlots),
            .. PerLayer("decoder-self-attention-heads", DecoderSlots),
            .. PerLayer("decoder-ende-attention-heads", DecoderSlots),
            .. PerLayer("decoder-arbitrary-ende-attn", DecoderSlots),
        ];
    }

    /// <summary>Encoder layer slots E.</summary>
    public int EncoderSlots { get; }

    /// <summary>Decoder layer slots D.</summary>
    public int DecoderSlots { get; }

    /// <summary>Integers in a gene.</summary>
    public int Length => Choices.Length;

    /// <summary>Allowed values of each position, in the order of the definition.</summary>
    public ImmutableArray<ImmutableArray<int>> Choices { get; }

    /// <summary>Name of each position, for example "decoder-ffn-embed-dim[2]".</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>Position of the encoder width.</summary>
    public const int EncoderEmbedDim = 0;

    /// <summary>Position of the encoder depth.</summary>
    public const int EncoderLayers = 1;

    /// <summary>Start of the encoder feed-forward widths.</summary>
    public const int EncoderFfn = 2;

    /// <summary>Start of the encoder head counts.</summary>
    public int EncoderHeads => 2 + EncoderSlots;

    /// <summary>Position of the decoder width.</summary>
    public int DecoderEmbedDim => 2 + (2 * EncoderSlots);

    /// <summary>Position of the decoder depth.</summary>
    public int DecoderLayers => DecoderEmbedDim + 1;

    /// <summary>Start of the decoder feed-forward widths.</summary>
    public int DecoderFfn => DecoderEmbedDim + 2;

    /// <summary>Start of the decoder self-attention head counts.</summary>
    public int DecoderSelfHeads => DecoderFfn + DecoderSlots;

    /// <summary>Start of the encoder-decoder attention head counts.</summary>
    public int DecoderCrossHeads => DecoderFfn + (2 * DecoderSlots);

    /// <summary>Start of the raw arbitrary-attention values.</summary>
    public int DecoderArbitrary => DecoderFfn + (3 * DecoderSlots);

    private static IEnumerable<string> PerLayer(string name, int slots) => Enumerable.Range(0, slots).Select(i => $"{name}[{i}]");
}
