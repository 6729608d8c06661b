using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace HsNas.Spaces;

/// <summary>
/// One subtransformer: only what is active. Per-layer lists have exactly as many entries as the stack has layers, so two
/// genes that differ in inactive slots are one architecture (paper section 2, HAT's search space).
/// </summary>
/// <remarks>Equality and hash code are those of <see cref="Key"/>.</remarks>
public sealed record Architecture
{
    /// <summary>Encoder embedding width d_e.</summary>
    public required int EncoderEmbedDim { get; init; }

    /// <summary>Inner width of each encoder feed-forward block, first layer first; its length is the encoder depth.</summary>
    public required ImmutableArray<int> EncoderFfnDims { get; init; }

    /// <summary>Self-attention heads of each encoder layer.</summary>
    public required ImmutableArray<int> EncoderHeads { get; init; }

    /// <summary>Decoder embedding width d_d.</summary>
    public required int DecoderEmbedDim { get; init; }

    /// <summary>Inner width of each decoder feed-forward block; its length is the decoder depth.</summary>
    public required ImmutableArray<int> DecoderFfnDims { get; init; }

    /// <summary>Self-attention heads of each decoder layer.</summary>
    public required ImmutableArray<int> DecoderSelfHeads { get; init; }

    /// <summary>Encoder-decoder attention heads of each decoder layer.</summary>
    public required ImmutableArray<int> DecoderCrossHeads { get; init; }

    /// <summary>
    /// Raw "arbitrary encoder-decoder attention" of each decoder layer: -1, 1 or 2, meaning that the last 1, 2 or 3
    /// encoder layers are attended (see <see cref="AttendedEncoderLayers"/>).
    /// </summary>
    public required ImmutableArray<int> DecoderArbitrary { get; init; }

    /// <summary>Encoder depth.</summary>
    [JsonIgnore]
    public int EncoderLayers => EncoderFfnDims.Length;

    /// <summary>Decoder depth.</summary>
    [JsonIgnore]
    public int DecoderLayers => DecoderFfnDims.Length;

    /// <summary>
    /// The canonical key, for example <c>e64:128,256:2,4|d48:64:4:2:-1</c>: equal for two genes exactly when they
    /// denote the same subtransformer. Safe inside a blob name only after hashing.
    /// </summary>
    [JsonIgnore]
    public string Key =>
        $"e{EncoderEmbedDim}:{Join(EncoderFfnDims)}:{Join(EncoderHeads)}|{DecoderKey}";

    /// <summary>The encoder's part of <see cref="Key"/>; candidates with equal encoder keys share encoder outputs.</summary>
    [JsonIgnore]
    public string EncoderKey => $"e{EncoderEmbedDim}:{Join(EncoderFfnDims)}:{Join(EncoderHeads)}";

    private string DecoderKey =>
        $"d{DecoderEmbedDim}:{Join(DecoderFfnDims)}:{Join(DecoderSelfHeads)}:{Join(DecoderCrossHeads)}:{Join(DecoderArbitrary)}";

    /// <summary>How many of the last encoder layers decoder layer <paramref name="layer"/> attends to: 1, 2 or 3.</summary>
    public int AttendedEncoderLayers(int layer) => AttendedLayers(DecoderArbitrary[layer]);

    /// <summary>Maps a raw arbitrary-attention value to the number of attended encoder layers: -1 to 1, 1 to 2, 2 to 3.</summary>
    public static int AttendedLayers(int arbitrary) => arbitrary == -1 ? 1 : arbitrary + 1;

    /// <inheritdoc/>
    public bool Equals(Architecture? other) => other is not null && Key == other.Key;

    /// <inheritdoc/>
    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    /// <summary>The canonical key.</summary>
    public override string ToString() => Key;

    private static string Join(ImmutableArray<int> values) => string.Join(',', values);
}
