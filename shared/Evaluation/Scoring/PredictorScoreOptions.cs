using HsNas.Evaluation.TfsEval;
using HsNas.Kernel.Validation;
using HsNas.Predictors;
using HsNas.Predictors.Mlp;

namespace HsNas.Evaluation.Scoring;

/// <summary>A predictor to score beside the built-in ones.</summary>
/// <param name="Group">Group of the table.</param>
/// <param name="Name">Name in the table.</param>
/// <param name="Create">Made anew for each split, from its demonstrations alone.</param>
public sealed record ExtraPredictor(string Group, string Name, Func<TfsEvalSplit, IPerformancePredictor> Create);

/// <summary>What a score report covers.</summary>
public sealed record PredictorScoreOptions
{
    /// <summary>k of top-k recall, 1 to 1,000.</summary>
    public int TopK { get; init; } = 5;

    /// <summary>Demonstrations each predictor is shown: the first of a split; null for all of them.</summary>
    public int? Demonstrations { get; init; }

    /// <summary>Architectures that the MLP of the distilled row learns from; 0 leaves the row out.</summary>
    public int DistillationPool { get; init; } = PredictorDistiller.PaperPoolSize;

    /// <summary>How that MLP is trained.</summary>
    public MlpTrainingOptions Distillation { get; init; } = MlpTrainingOptions.Default;

    /// <summary>Further predictors, for example LLM-PP on a ledger or the current champion.</summary>
    public IReadOnlyList<ExtraPredictor> Extra { get; init; } = [];

    /// <summary>Returns the options if every field is in range.</summary>
    /// <exception cref="OptionException">Names the field, its value and the range.</exception>
    public PredictorScoreOptions Validated()
    {
        OptionException.ThrowUnless(TopK is >= 1 and <= 1000, "topK", TopK, "1 to 1000");
        OptionException.ThrowUnless(Demonstrations is null or >= 3, "demonstrations", Demonstrations ?? 0, "at least 3, or none for all");
        OptionException.ThrowUnless(DistillationPool is 0 or (>= 100 and <= 1_000_000), "distillationPool", DistillationPool,
            "0, or 100 to 1000000");
        Distillation.Validated();
        return this;
    }
}
