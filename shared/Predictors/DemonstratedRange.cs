using HsNas.Spaces;

namespace HsNas.Predictors;

/// <summary>
/// Where a predictor's demonstrations lay. Outside of it a prediction is an extrapolation: TFS-Eval stops at three decoder
/// layers while searches reach six (docs/method.md, "Evaluating predictors"), and a linear trend in depth then promises BLEU nobody
/// has measured.
/// </summary>
/// <param name="MinEncoderLayers">Shallowest demonstrated encoder.</param>
/// <param name="MaxEncoderLayers">Deepest demonstrated encoder.</param>
/// <param name="MinDecoderLayers">Shallowest demonstrated decoder.</param>
/// <param name="MaxDecoderLayers">Deepest demonstrated decoder.</param>
/// <param name="MinLabel">Lowest demonstrated label.</param>
/// <param name="MaxLabel">Highest demonstrated label.</param>
public sealed record DemonstratedRange(
    int MinEncoderLayers, int MaxEncoderLayers, int MinDecoderLayers, int MaxDecoderLayers, double MinLabel, double MaxLabel)
{
    /// <summary>
    /// Widest demonstrated encoder embedding; null, as the widths below, for a range recorded before widths were: nothing is then
    /// too wide.
    /// </summary>
    public int? MaxEncoderEmbedDim { get; init; }

    /// <summary>Widest demonstrated decoder embedding.</summary>
    public int? MaxDecoderEmbedDim { get; init; }

    /// <summary>Largest demonstrated sum of the encoder's feed-forward widths.</summary>
    public int? MaxEncoderFfn { get; init; }

    /// <summary>Largest demonstrated sum of the decoder's feed-forward widths.</summary>
    public int? MaxDecoderFfn { get; init; }

    /// <summary>The range of a non-empty set.</summary>
    public static DemonstratedRange Of(IReadOnlyList<Demonstration> demonstrations) => new(
        demonstrations.Min(d => d.Architecture.EncoderLayers),
        demonstrations.Max(d => d.Architecture.EncoderLayers),
        demonstrations.Min(d => d.Architecture.DecoderLayers),
        demonstrations.Max(d => d.Architecture.DecoderLayers),
        demonstrations.Min(d => d.Bleu),
        demonstrations.Max(d => d.Bleu))
    {
        MaxEncoderEmbedDim = demonstrations.Max(d => d.Architecture.EncoderEmbedDim),
        MaxDecoderEmbedDim = demonstrations.Max(d => d.Architecture.DecoderEmbedDim),
        MaxEncoderFfn = demonstrations.Max(d => d.Architecture.EncoderFfnDims.Sum()),
        MaxDecoderFfn = demonstrations.Max(d => d.Architecture.DecoderFfnDims.Sum()),
    };

    /// <summary>False where <paramref name="architecture"/> is deeper, shallower or wider than every demonstration.</summary>
    public bool Covers(Architecture architecture) => CoversDepth(architecture) && CoversWidth(architecture);

    // A comparison with null is false.
    private bool CoversWidth(Architecture architecture) =>
        !(architecture.EncoderEmbedDim > MaxEncoderEmbedDim || architecture.DecoderEmbedDim > MaxDecoderEmbedDim
            || architecture.EncoderFfnDims.Sum() > MaxEncoderFfn || architecture.DecoderFfnDims.Sum() > MaxDecoderFfn);

    private bool CoversDepth(Architecture architecture) =>
        architecture.EncoderLayers >= MinEncoderLayers && architecture.EncoderLayers <= MaxEncoderLayers
        && architecture.DecoderLayers >= MinDecoderLayers && architecture.DecoderLayers <= MaxDecoderLayers;

    /// <summary>
    /// Bounds a prediction without making ties: unchanged up to half a label span beyond the demonstrated labels, then
    /// bending so that it never passes one whole span. Strictly monotone, so a ranking survives.
    /// </summary>
    /// <param name="value">The prediction.</param>
    /// <param name="least">
    /// What no label can be below, such as 0 for BLEU: predictions bend towards it earlier where it is nearer than a span. Where the
    /// lowest label is the least there can be, all predictions below it become equal to it.
    /// </param>
    public double Saturate(double value, double least = double.NegativeInfinity)
    {
        var above = Math.Max((MaxLabel - MinLabel) / 2, 1e-3);
        var below = Math.Min(above, (MinLabel - least) / 2);
        return value > MaxLabel + above ? MaxLabel + above + Bend(value - MaxLabel - above, above)
            : value < MinLabel - below ? MinLabel - below - Bend(MinLabel - below - value, below)
            : value;
    }

    // Slope 1 at 0 and limit `room`, with a tail long enough to stay strictly increasing in doubles.
    private static double Bend(double excess, double room) => excess * room / (excess + room);
}
