namespace HsNas.Spaces.Features;

/// <summary>
/// Ten features of the distilled predictor (docs/method.md, "Features"): each hyperparameter divided by its largest choice, arbitrary
/// attention as (1 + mean raw value) / (1 + largest raw value). For the WMT spaces the divisors are
/// 640, 6, 3072, 8, 640, 6, 3072, 8, 8, 3, the paper's.
/// </summary>
public sealed class DistillationFeatures : AggregateFeatures
{
    /// <summary>The encoding of <paramref name="space"/>.</summary>
    public DistillationFeatures(SearchSpace space)
        : base("decoder_arbitrary_ende_attn_raw_avg_plus_one", ArbitraryCoding.RawPlusOne, Divisors(space))
    {
    }

    /// <inheritdoc/>
    public override string Name => "distillation";

    private static float[] Divisors(SearchSpace space) =>
    [
        space.EncoderEmbedDims.Max(), space.MaxEncoderLayers, space.EncoderFfnDims.Max(), space.EncoderHeads.Max(),
        space.DecoderEmbedDims.Max(), space.MaxDecoderLayers, space.DecoderFfnDims.Max(), space.DecoderSelfHeads.Max(),
        // A space whose only choice is -1 makes the feature 0 for all; it then only needs a divisor that is not 0.
        space.DecoderCrossHeads.Max(), Math.Max(1, 1 + space.DecoderArbitrary.Max()),
    ];
}
