namespace HsNas.Functions.Predictors;

/// <summary>Answer of <c>GET /api/predictors/{task}</c>.</summary>
/// <param name="Task">Task name.</param>
/// <param name="Champion">The distilled predictor in force, with the reason; null where there is none.</param>
/// <param name="Due">Why it should be distilled anew now; empty where there is no reason.</param>
/// <param name="Warnings">For example of a model's retirement.</param>
/// <param name="Running">Instance id of a distillation that runs; null where none does.</param>
/// <param name="History">Decisions, newest first; any fingerprint among them can be selected.</param>
public sealed record PredictorStatus(
    string Task, DistilledPredictorRecord? Champion, IReadOnlyList<string> Due, IReadOnlyList<string> Warnings, string? Running,
    IReadOnlyList<PromotionDecision> History);
