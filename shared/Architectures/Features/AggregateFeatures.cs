namespace HsNas.Shared.Architectures.Features;

/// <summary>
/// The ten aggregate features shared by the latency, router and distillation encodings: widths, depths and means over the
/// active layers. The encodings differ in how arbitrary attention is counted and in their divisors (hsnas-facts D and H).
/// </summary>
public abstract class AggregateFeatures : IFeatureEncoding
{
    /// <summary>Number of features.</summary>
    public const int FeatureCount = 10;

    private readonly float[] _inverse = new float[FeatureCount];
    private readonly GeneLayout _layout;
    private readonly int[] _arbitraryCounts;

    /// <summary>An encoding of <paramref name="space"/>.</summary>
    /// <param name="space">The space.</param>
    /// <param name="arbitraryName">Name of the last feature.</param>
    /// <param name="arbitraryCounts">What the raw arbitrary values -1, (unused 0,) 1, 2 count as, in this order.</param>
    /// <param name="normalisers">Ten positive divisors.</param>
    private protected AggregateFeatures(SearchSpace space, string arbitraryName, int[] arbitraryCounts, float[] normalisers)
    {
        _layout = new GeneLayout(space);
        _arbitraryCounts = arbitraryCounts;
        Normalisers = normalisers;
        for (var i = 0; i < FeatureCount; i++)
        {
            _inverse[i] = 1 / normalisers[i];
        }

        Names =
        [
            "encoder_embed_dim", "encoder_layer_num", "encoder_ffn_embed_dim_avg", "encoder_self_attention_heads_avg",
            "decoder_embed_dim", "decoder_layer_num", "decoder_ffn_embed_dim_avg", "decoder_self_attention_heads_avg",
            "decoder_ende_attention_heads_avg", arbitraryName,
        ];
    }

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; }

    /// <inheritdoc/>
    public IReadOnlyList<float> Normalisers { get; }

    /// <inheritdoc/>
    public void Write(Architecture architecture, Span<float> destination) => Write(
        architecture.EncoderEmbedDim,
        architecture.EncoderFfnDims.AsSpan(),
        architecture.EncoderHeads.AsSpan(),
        architecture.DecoderEmbedDim,
        architecture.DecoderFfnDims.AsSpan(),
        architecture.DecoderSelfHeads.AsSpan(),
        architecture.DecoderCrossHeads.AsSpan(),
        architecture.DecoderArbitrary.AsSpan(),
        destination);

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<int> gene, Span<float> destination)
    {
        var encoders = gene[GeneLayout.EncoderLayers];
        var decoders = gene[_layout.DecoderLayers];
        Write(
            gene[GeneLayout.EncoderEmbedDim],
            gene.Slice(GeneLayout.EncoderFfn, encoders),
            gene.Slice(_layout.EncoderHeads, encoders),
            gene[_layout.DecoderEmbedDim],
            gene.Slice(_layout.DecoderFfn, decoders),
            gene.Slice(_layout.DecoderSelfHeads, decoders),
            gene.Slice(_layout.DecoderCrossHeads, decoders),
            gene.Slice(_layout.DecoderArbitrary, decoders),
            destination);
    }

    private void Write(
        int encoderDim,
        ReadOnlySpan<int> encoderFfn,
        ReadOnlySpan<int> encoderHeads,
        int decoderDim,
        ReadOnlySpan<int> decoderFfn,
        ReadOnlySpan<int> selfHeads,
        ReadOnlySpan<int> crossHeads,
        ReadOnlySpan<int> arbitrary,
        Span<float> destination)
    {
        destination[9] = MeanArbitrary(arbitrary) * _inverse[9];
        destination[8] = Mean(crossHeads) * _inverse[8];
        destination[7] = Mean(selfHeads) * _inverse[7];
        destination[6] = Mean(decoderFfn) * _inverse[6];
        destination[5] = decoderFfn.Length * _inverse[5];
        destination[4] = decoderDim * _inverse[4];
        destination[3] = Mean(encoderHeads) * _inverse[3];
        destination[2] = Mean(encoderFfn) * _inverse[2];
        destination[1] = encoderFfn.Length * _inverse[1];
        destination[0] = encoderDim * _inverse[0];
    }

    private float MeanArbitrary(ReadOnlySpan<int> values)
    {
        var sum = 0;
        foreach (var value in values)
        {
            sum += _arbitraryCounts[value + 1];
        }

        return (float)sum / values.Length;
    }

    private static float Mean(ReadOnlySpan<int> values)
    {
        var sum = 0;
        foreach (var value in values)
        {
            sum += value;
        }

        return (float)sum / values.Length;
    }
}
