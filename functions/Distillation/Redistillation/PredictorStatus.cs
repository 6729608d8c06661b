using HsNas.Functions.Predictors;

namespace HsNas.Functions.Distillation.Redistillation;

/// <summary>Answer of <c>GET /api/predictors/{task}</c>.</summary>
/// <param name="Task">Task name.</param>
/// <param name="Champion">The predictor in force, with the reason; null where there is none.</param>
/// <param name="Due">Why it should be distilled anew now; empty where nothing speaks for it.</param>
/// <param name="Warnings">For example of a model's retirement.</param>
/// <param name="Running">Instance id of a re-distillation that runs; null where none does.</param>
/// <param name="History">Decisions, newest first; any fingerprint among them can be selected.</param>
public sealed record PredictorStatus(
    string Task, ChampionRecord? Champion, IReadOnlyList<string> Due, IReadOnlyList<string> Warnings, string? Running, IReadOnlyList<ChampionDecision> History);
