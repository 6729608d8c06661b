using HsNas.Shared.Predictors;
using HsNas.Shared.Requests;

namespace HsNas.Functions.Llm;

/// <summary>The distilled predictor in force for a task.</summary>
/// <param name="Fingerprint">Which distillation.</param>
/// <param name="Model">Blob of the MLP.</param>
/// <param name="Range">Where the demonstrations lay.</param>
/// <param name="Labels">What its labels took.</param>
/// <param name="Quality">Predicted against trained BLEU of the seed architectures.</param>
/// <param name="Reason">Why it is the champion.</param>
/// <param name="At">Since when.</param>
internal sealed record ChampionRecord(
    string Fingerprint, string Model, DemonstratedRange Range, LabelStatistics Labels, PredictorQuality Quality, string Reason, DateTimeOffset At);
