using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace HsNas.Spaces;

/// <summary>
/// The choices a gene position may take, in the order of the definition file (docs/method.md, "Search space"). The gene layout for
/// E = <see cref="MaxEncoderLayers"/> and D = <see cref="MaxDecoderLayers"/> layer slots is: encoder width, encoder depth,
/// E feed-forward widths, E head counts, decoder width, decoder depth, D feed-forward widths, D self-attention heads,
/// D encoder-decoder heads, D arbitrary-attention values: 4 + 2E + 4D integers, 40 for the WMT spaces.
/// </summary>
public sealed record SearchSpace
{
    /// <summary>Encoder embedding widths.</summary>
    public required ImmutableArray<int> EncoderEmbedDims { get; init; }

    /// <summary>Encoder depths.</summary>
    public required ImmutableArray<int> EncoderLayers { get; init; }

    /// <summary>Encoder feed-forward inner widths, per layer.</summary>
    public required ImmutableArray<int> EncoderFfnDims { get; init; }

    /// <summary>Encoder self-attention head counts, per layer.</summary>
    public required ImmutableArray<int> EncoderHeads { get; init; }

    /// <summary>Decoder embedding widths.</summary>
    public required ImmutableArray<int> DecoderEmbedDims { get; init; }

    /// <summary>Decoder depths.</summary>
    public required ImmutableArray<int> DecoderLayers { get; init; }

    /// <summary>Decoder feed-forward inner widths, per layer.</summary>
    public required ImmutableArray<int> DecoderFfnDims { get; init; }

    /// <summary>Decoder self-attention head counts, per layer.</summary>
    public required ImmutableArray<int> DecoderSelfHeads { get; init; }

    /// <summary>Encoder-decoder attention head counts, per layer.</summary>
    public required ImmutableArray<int> DecoderCrossHeads { get; init; }

    /// <summary>Raw arbitrary-attention values (-1, 1, 2), per layer.</summary>
    public required ImmutableArray<int> DecoderArbitrary { get; init; }

    /// <summary>
    /// Width of queries, keys and values of every attention, shared by all subtransformers; a multiple of every head count.
    /// </summary>
    public required int QkvDim { get; init; }

    /// <summary>Number of encoder layer slots E.</summary>
    [JsonIgnore]
    public int MaxEncoderLayers => EncoderLayers.Max();

    /// <summary>Number of decoder layer slots D.</summary>
    [JsonIgnore]
    public int MaxDecoderLayers => DecoderLayers.Max();

    /// <summary>Widest embedding of either side: the width of the supernet's shared table.</summary>
    [JsonIgnore]
    public int MaxEmbedDim => Math.Max(EncoderEmbedDims.Max(), DecoderEmbedDims.Max());

    /// <summary>Number of integers in a gene: 4 + 2E + 4D.</summary>
    [JsonIgnore]
    public int GeneLength => 4 + (2 * MaxEncoderLayers) + (4 * MaxDecoderLayers);
}
