using HsNas.Predictors.Prompting;
using HsNas.Spaces;

namespace HsNas.Evaluation.InContext;

/// <summary>What a regression may look at: the architecture, its GFLOPs and, where the task is known, its exact cost.</summary>
/// <param name="Architecture">The subtransformer.</param>
/// <param name="GFlops">Total GFLOPs as stated.</param>
/// <param name="Cost">Exact cost, or null where the task is unknown (a prompt alone).</param>
public readonly record struct RegressionInput(Architecture Architecture, double GFlops, Cost? Cost);

/// <summary>One of the feature sets among which leave-one-out chooses (docs/method.md, "Evaluating predictors").</summary>
/// <param name="Name">For reports.</param>
/// <param name="NeedsTask">True where it reads <see cref="RegressionInput.Cost"/>.</param>
/// <param name="Extract">The raw features; always the same number of them.</param>
public sealed record RegressionFeatureSet(string Name, bool NeedsTask, Func<RegressionInput, double[]> Extract)
{
    /// <summary>
    /// All sets, in the order that settles ties. None contains a measured latency or a label. Beside other features GFLOPs
    /// are rounded as a prompt states them, to one decimal for models of the published size.
    /// </summary>
    public static IReadOnlyList<RegressionFeatureSet> All { get; } =
    [
        new("GFLOPs as a prompt states them", false, x => [Stated(x)]),
        new("GFLOPs", true, x => [x.Cost!.Value.TotalGFlops]),
        new("GFLOPs without last layer", true, x => [x.Cost!.Value.GFlopsWithoutLastLayer]),
        new("parameters", true, x => [x.Cost!.Value.ParametersWithoutEmbeddings / 1e6]),
        new("decoder layers, GFLOPs", false, x => [x.Architecture.DecoderLayers, Stated(x)]),
        new("decoder layers, encoder width, GFLOPs", false, x => [x.Architecture.DecoderLayers, x.Architecture.EncoderEmbedDim, Stated(x)]),
        new("widths, decoder layers, feed-forward sums", false, x => Sums(x.Architecture)),
        new("10 features", false, x => Aggregates(x.Architecture)),
        new("10 features, GFLOPs", false, x => [.. Aggregates(x.Architecture), Stated(x)]),
        new("10 features, GFLOPs, parameters", true, x =>
            [.. Aggregates(x.Architecture), Stated(x), x.Cost!.Value.ParametersWithoutEmbeddings / 1e6]),
    ];

    /// <summary>
    /// Five numbers that leave nothing to choose: the set that a study of the published data recommends, with depth as its logarithm as in
    /// the floors, since searches reach six decoder layers where demonstrations stop at three and a linear trend then promises
    /// too much.
    /// </summary>
    public static RegressionFeatureSet Five { get; } = new("widths, log decoder layers, feed-forward sums", false, x =>
    {
        var sums = Sums(x.Architecture);
        sums[2] = Math.Log(sums[2]);
        return sums;
    });

    private static double Stated(RegressionInput x) => StatedGFlops.Round(x.GFlops);

    private static double[] Sums(Architecture a) =>
        [a.EncoderEmbedDim, a.DecoderEmbedDim, a.DecoderLayers, a.EncoderFfnDims.Sum(), a.DecoderFfnDims.Sum()];

    // Unscaled: the regressions standardise by their own demonstrations, so a space's normalisers would change nothing.
    private static double[] Aggregates(Architecture a) =>
    [
        a.EncoderEmbedDim, a.EncoderLayers, a.EncoderFfnDims.Average(), a.EncoderHeads.Average(),
        a.DecoderEmbedDim, a.DecoderLayers, a.DecoderFfnDims.Average(), a.DecoderSelfHeads.Average(),
        a.DecoderCrossHeads.Average(), a.DecoderArbitrary.Average(),
    ];
}
