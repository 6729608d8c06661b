using HsNas.Contracts.Requests;
using HsNas.Predictors;

namespace HsNas.Functions.Predictors;

/// <summary>A distilled predictor with everything needed to use it, to judge it again and to select it.</summary>
/// <param name="Fingerprint">Which distillation.</param>
/// <param name="Model">Blob of the MLP.</param>
/// <param name="Range">Where the demonstrations lay.</param>
/// <param name="Labels">What its labels took.</param>
/// <param name="Quality">Predicted against trained BLEU of the seed architectures.</param>
/// <param name="Reason">Why it was promoted, or not.</param>
/// <param name="At">When that was decided.</param>
public sealed record DistilledPredictorRecord(
    string Fingerprint, string Model, DemonstratedRange Range, LabelStatistics Labels, PredictorQuality Quality, string Reason,
        DateTimeOffset At)
{
    /// <summary>What it was made of; null for a record of an earlier version.</summary>
    public DistillationOrigin? Origin { get; init; }
}
