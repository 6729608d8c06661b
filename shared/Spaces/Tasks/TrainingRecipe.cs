namespace HsNas.Spaces;

/// <summary>
/// Training settings of a task (docs/method.md, "Training a candidate"). Learning rate: linear from <see cref="InitialLearningRate"/> to
/// <see cref="PeakLearningRate"/> over the warm-up, then a cosine to <see cref="FinalLearningRate"/>.
/// </summary>
public sealed record TrainingRecipe
{
    /// <summary>Target tokens of one batch, at most, padding included: what a device holds at once.</summary>
    public required int BatchTokens { get; init; }

    /// <summary>Batches whose gradients make one update, 1 to 1,024.</summary>
    public int Accumulate { get; init; } = 1;

    /// <summary>Single precision.</summary>
    public const string Fp32 = "fp32";

    /// <summary>Half-precision matrix products with loss scaling; CUDA only.</summary>
    public const string Fp16 = "fp16";

    /// <summary>Bfloat16 matrix products.</summary>
    public const string Bf16 = "bf16";

    /// <summary>Allowed values of <see cref="Precision"/>.</summary>
    public static readonly IReadOnlyList<string> Precisions = [Fp32, Fp16, Bf16];

    /// <summary>What matrix products of a training are computed in; weights, gradients and everything else stay single precision.</summary>
    public string Precision { get; init; } = Fp32;

    /// <summary>
    /// Training sentences of more tokens than this on a side are left out, 1 to 511: a few very long ones would own whole batches.
    /// </summary>
    public int LongestSentence { get; init; } = 60;

    /// <summary>Updates of a training from scratch.</summary>
    public required int ScratchSteps { get; init; }

    /// <summary>Warm-up updates of a training from scratch.</summary>
    public required int ScratchWarmup { get; init; }

    /// <summary>Updates of a supernet training.</summary>
    public required int SupernetSteps { get; init; }

    /// <summary>Warm-up updates of a supernet training.</summary>
    public required int SupernetWarmup { get; init; }

    /// <summary>Learning rate at update 0.</summary>
    public double InitialLearningRate { get; init; } = 1e-7;

    /// <summary>Learning rate at the end of the warm-up.</summary>
    public double PeakLearningRate { get; init; } = 1e-3;

    /// <summary>Learning rate after the last update.</summary>
    public double FinalLearningRate { get; init; } = 1e-7;

    /// <summary>Residual dropout of the widest subtransformer; scaled by width / widest for the others.</summary>
    public double Dropout { get; init; } = 0.3;

    /// <summary>Dropout of attention weights, never scaled.</summary>
    public double AttentionDropout { get; init; } = 0.1;

    /// <summary>Label smoothing, spread over all classes including the target.</summary>
    public double LabelSmoothing { get; init; } = 0.1;

    /// <summary>Validation sentences that score a candidate in a search; the whole set where null.</summary>
    public int? ScoringSentences { get; init; }
}
