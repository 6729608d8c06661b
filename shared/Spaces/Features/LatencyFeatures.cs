namespace HsNas.Spaces.Features;

/// <summary>
/// Ten features of the latency predictor and the mixture-of-supernets routers (docs/method.md, "Features"), arbitrary attention
/// counted as attended layers. Widths and depths are divided by their largest choice, per-layer quantities by the mean of
/// their choices; for the WMT spaces that gives exactly the published 640, 6, 2048, 6, 640, 6, 2048, 6, 6, 2.
/// </summary>
public sealed class LatencyFeatures : AggregateFeatures
{
    /// <summary>The encoding of <paramref name="space"/>.</summary>
    public LatencyFeatures(SearchSpace space)
        : base("decoder_arbitrary_ende_attn_avg", ArbitraryCoding.AttendedLayers, Divisors(space))
    {
    }

    /// <inheritdoc/>
    public override string Name => "latency";

    private static float[] Divisors(SearchSpace space) =>
    [
        space.EncoderEmbedDims.Max(), space.MaxEncoderLayers, Mean(space.EncoderFfnDims), Mean(space.EncoderHeads),
        space.DecoderEmbedDims.Max(), space.MaxDecoderLayers, Mean(space.DecoderFfnDims), Mean(space.DecoderSelfHeads),
        Mean(space.DecoderCrossHeads), Mean(space.DecoderArbitrary.Select(Architecture.AttendedLayers)),
    ];

    private static float Mean(IEnumerable<int> choices) => (float)choices.Average();
}
