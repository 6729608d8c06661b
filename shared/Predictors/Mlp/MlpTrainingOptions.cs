using System.Collections.Immutable;
using HsNas.Kernel.Validation;

namespace HsNas.Predictors.Mlp;

/// <summary>
/// How an MLP is trained: mean squared error, Adam, batches drawn without replacement (docs/method.md, "Distilled predictor").
/// </summary>
public sealed record MlpTrainingOptions
{
    /// <summary>Widths of the hidden layers, first layer first.</summary>
    public ImmutableArray<int> HiddenLayers { get; init; } = [64, 64];

    /// <summary>Most updates.</summary>
    public int Steps { get; init; } = 1500;

    /// <summary>Adam's step size.</summary>
    public double LearningRate { get; init; } = 5e-3;

    /// <summary>True: the step size falls to zero along a cosine; false: constant.</summary>
    public bool CosineDecay { get; init; } = true;

    /// <summary>Rows per update; the whole set where it is smaller.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>True: labels are centred and scaled by their standard deviation before training.</summary>
    public bool StandardiseLabels { get; init; } = true;

    /// <summary>Share of rows held out to decide when to stop; 0 trains all steps on all rows.</summary>
    public double ValidationFraction { get; init; } = 0.1;

    /// <summary>Updates between two looks at the held-out rows.</summary>
    public int CheckEvery { get; init; } = 50;

    /// <summary>Looks without improvement after which training stops; the best state is kept.</summary>
    public int Patience { get; init; } = 8;

    /// <summary>
    /// Share of <see cref="RankLoss"/> in the loss, 0 to 1; the rest is squared error. Above 0 the output is put back on the label
    /// scale by <see cref="LabelScale"/>.
    /// </summary>
    public double RankShare { get; init; }

    /// <summary>Seeds initial weights, split and batches.</summary>
    public long Seed { get; init; } = 123;

    /// <summary>
    /// Standardised labels, a rate that converges, early stop, and a network small enough to score a million architectures a
    /// second.
    /// </summary>
    public static MlpTrainingOptions Default { get; } = new();

    /// <summary>
    /// The published recipe to the letter: 10-400-400-400-400-1, 5,000 steps at 1e-5 on raw labels. It is clearly
    /// under-trained; the authors' own runs took 15,000 steps.
    /// </summary>
    public static MlpTrainingOptions Paper { get; } = new()
    {
        HiddenLayers = [400, 400, 400, 400],
        Steps = 5000,
        LearningRate = 1e-5,
        CosineDecay = false,
        StandardiseLabels = false,
        ValidationFraction = 0,
    };

    /// <summary>Returns the options if every field is in range.</summary>
    /// <exception cref="OptionException">Names the field, its value and the range.</exception>
    public MlpTrainingOptions Validated()
    {
        var widths = HiddenLayers.IsDefault ? "null" : $"[{string.Join(", ", HiddenLayers)}]";
        OptionException.ThrowUnless(!HiddenLayers.IsDefaultOrEmpty && HiddenLayers.Length <= 16
            && HiddenLayers.All(w => w is >= 1 and <= 8192), "hiddenLayers", widths, "1 to 16 widths of 1 to 8192");
        OptionException.ThrowUnless(Steps is >= 1 and <= 10_000_000, "steps", Steps, "1 to 10000000");
        OptionException.ThrowUnless(LearningRate is > 0 and < 1, "learningRate", LearningRate, "a number above 0 and below 1");
        OptionException.ThrowUnless(BatchSize is >= 1 and <= 1_000_000, "batchSize", BatchSize, "1 to 1000000");
        OptionException.ThrowUnless(ValidationFraction is >= 0 and <= 0.5, "validationFraction", ValidationFraction, "0 to 0.5");
        OptionException.ThrowUnless(RankShare is >= 0 and <= 1, "rankShare", RankShare, "0 to 1");
        OptionException.ThrowUnless(CheckEvery >= 1, "checkEvery", CheckEvery, "at least 1");
        OptionException.ThrowUnless(Patience >= 1, "patience", Patience, "at least 1");
        return this;
    }
}
