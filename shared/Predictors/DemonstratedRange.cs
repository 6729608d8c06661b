using HsNas.Shared.Architectures;

namespace HsNas.Shared.Predictors;

/// <summary>
/// Where a predictor's demonstrations lay. Outside of it a prediction is an extrapolation: TFS-Eval stops at three decoder
/// layers while searches reach six (hsnas-facts J), and a linear trend in depth then promises BLEU nobody has measured.
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
    /// <summary>The range of a non-empty set.</summary>
    public static DemonstratedRange Of(IReadOnlyList<Demonstration> demonstrations) => new(
        demonstrations.Min(d => d.Architecture.EncoderLayers),
        demonstrations.Max(d => d.Architecture.EncoderLayers),
        demonstrations.Min(d => d.Architecture.DecoderLayers),
        demonstrations.Max(d => d.Architecture.DecoderLayers),
        demonstrations.Min(d => d.Bleu),
        demonstrations.Max(d => d.Bleu));

    /// <summary>False where a depth of <paramref name="architecture"/> was never demonstrated.</summary>
    public bool Covers(Architecture architecture) =>
        architecture.EncoderLayers >= MinEncoderLayers && architecture.EncoderLayers <= MaxEncoderLayers
        && architecture.DecoderLayers >= MinDecoderLayers && architecture.DecoderLayers <= MaxDecoderLayers;

    /// <summary>
    /// Bounds a prediction without making ties: unchanged up to half a label span beyond the demonstrated labels, then
    /// bending so that it never passes one whole span. Strictly monotone, so a ranking survives.
    /// </summary>
    public double Saturate(double value)
    {
        var half = Math.Max((MaxLabel - MinLabel) / 2, 1e-3);
        return value > MaxLabel + half ? MaxLabel + half + Bend(value - MaxLabel - half, half)
            : value < MinLabel - half ? MinLabel - half - Bend(MinLabel - half - value, half)
            : value;
    }

    // Slope 1 at 0 and limit `room`, with a tail long enough to stay strictly increasing in doubles.
    private static double Bend(double excess, double room) => excess * room / (excess + room);
}
