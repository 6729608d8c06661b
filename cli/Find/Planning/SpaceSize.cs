using System.Collections.Immutable;
using HsNas.Spaces;

namespace HsNas.Cli.Find.Planning;

/// <summary>A space that a search can be in, and how its models are trained.</summary>
/// <param name="Name">In the plan.</param>
/// <param name="LeastPairs">Fewer pairs do not fill its models.</param>
/// <param name="Space">The choices.</param>
/// <param name="Recipe">Training, without its lengths.</param>
internal sealed record SpaceSize(string Name, int LeastPairs, SearchSpace Space, TrainingRecipe Recipe)
{
    /// <summary>All sizes, smallest first. The smallest is the space of the built-in tiny tasks, the others are wider.</summary>
    public static IReadOnlyList<SpaceSize> All { get; } =
    [
        Of("tiny", 0, 64, 48, [256, 128, 64], [2], [3, 2, 1], batch: 1000, rate: 4e-3, dropout: 0),
        Of("small", 50_000, 128, 96, [512, 256, 128], [3], [4, 3, 2, 1], batch: 2000, rate: 2e-3, dropout: 0.1),
        Of("medium", 300_000, 256, 192, [1024, 512, 256], [4], [5, 4, 3, 2, 1], batch: 4000, rate: 1e-3, dropout: 0.1),
        Of("large", 2_000_000, 512, 384, [2048, 1024, 512], [6], [6, 5, 4, 3, 2, 1], batch: 4000, rate: 1e-3, dropout: 0.2),
    ];

    /// <summary>Those that a text of <paramref name="pairs"/> fills, largest first.</summary>
    public static IEnumerable<SpaceSize> For(int pairs) => All.Where(s => s.LeastPairs <= pairs).Reverse();

    private static SpaceSize Of(
        string name, int pairs, int wide, int narrow, ImmutableArray<int> inner, ImmutableArray<int> encoder, ImmutableArray<int> decoder,
        int batch, double rate, double dropout)
    {
        ImmutableArray<int> widths = [wide, narrow], heads = wide < 256 ? [4, 2] : [8, 4];
        var space = new SearchSpace
        {
            EncoderEmbedDims = widths, EncoderLayers = encoder, EncoderFfnDims = inner, EncoderHeads = heads,
            DecoderEmbedDims = widths, DecoderLayers = decoder, DecoderFfnDims = inner, DecoderSelfHeads = heads,
            DecoderCrossHeads = heads, DecoderArbitrary = [-1, 1], QkvDim = wide,
        };
        var recipe = new TrainingRecipe
        {
            BatchTokens = batch, ScratchSteps = 1, ScratchWarmup = 0, SupernetSteps = 1, SupernetWarmup = 0, PeakLearningRate = rate,
            Dropout = dropout, AttentionDropout = dropout, ScoringSentences = 300,
        };
        return new SpaceSize(name, pairs, space, recipe);
    }
}
