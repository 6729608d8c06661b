using HsNas.Predictors;
using HsNas.Spaces;

namespace HsNas.Evaluation.TfsEval;

/// <summary>One architecture trained from scratch (docs/method.md, "Evaluating predictors").</summary>
public sealed record TfsEvalRecord
{
    /// <summary>Identifier within the file.</summary>
    public required int ArchitectureId { get; init; }

    /// <summary>The subtransformer.</summary>
    public required Architecture Architecture { get; init; }

    /// <summary>Cost by the task's cost model; equals the file's own numbers, or the file would not have been read.</summary>
    public required Cost Cost { get; init; }

    /// <summary>Validation BLEU: the label of everything here.</summary>
    public required double ValidBleu { get; init; }

    /// <summary>Test BLEU, or null where the file has none.</summary>
    public double? TestBleu { get; init; }

    /// <summary>Measured latency in milliseconds, or null where the file has none.</summary>
    public double? LatencyMs { get; init; }

    /// <summary>Validation BLEU with weights inherited from each supernet, by its name; may be empty.</summary>
    public required IReadOnlyDictionary<string, double> SupernetBleu { get; init; }

    /// <summary>Where the record stands in each split, by the split's seed; may be empty.</summary>
    public required IReadOnlyDictionary<string, TfsEvalPlace> Splits { get; init; }

    /// <summary>The record as an example for prompts and regressors, GFLOPs exact.</summary>
    public Demonstration ToDemonstration() => new(Architecture, Cost.TotalGFlops, ValidBleu);
}

/// <summary>A record's place in a split.</summary>
/// <param name="IsDemonstration">True: shown to predictors; false: tested on.</param>
/// <param name="Position">Rank within its part.</param>
public sealed record TfsEvalPlace(bool IsDemonstration, int Position);
