using HsNas.Evaluation.Scoring;

namespace HsNas.Cli.Predictors;

/// <summary>The floors among scored predictors.</summary>
internal static class FloorRows
{
    /// <summary>Whether a predictor is a floor that others are compared with. A constant is none, since it has no ranks.</summary>
    public static bool IsFloor(PredictorOutcome outcome) =>
        outcome.Group == "Floor" && !outcome.Predictor.StartsWith("Constant", StringComparison.Ordinal);
}
