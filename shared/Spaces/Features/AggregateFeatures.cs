namespace HsNas.Spaces.Features;

/// <summary>
/// The ten aggregate features shared by the latency, router and distillation encodings: widths, depths and means over the
/// active layers. The encodings differ in how arbitrary attention is counted and in their divisors (docs/method.md, "Features").
/// </summary>
public abstract class AggregateFeatures : IFeatureEncoding
{
    /// <summary>Number of features.</summary>
    public const int FeatureCount = 10;

    private readonly float[] _inverse = new float[FeatureCount];
    private readonly ArbitraryCoding _arbitrary;

    /// <summary>An encoding of a space.</summary>
    /// <param name="arbitraryName">Name of the last feature.</param>
    /// <param name="arbitrary">How arbitrary attention is counted.</param>
    /// <param name="normalisers">Ten positive divisors.</param>
    private protected AggregateFeatures(string arbitraryName, ArbitraryCoding arbitrary, float[] normalisers)
    {
        _arbitrary = arbitrary;
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
    public void Write(Architecture architecture, Span<float> destination)
    {
        AggregateMeans.Write(architecture, _arbitrary, destination);
        for (var i = 0; i < FeatureCount; i++)
        {
            destination[i] *= _inverse[i];
        }
    }
}
