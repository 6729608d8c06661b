using HsNas.Contracts.Requests;
using HsNas.Predictors;

namespace HsNas.Functions.Predictors;

/// <summary>A distilled predictor with everything needed to use it, to judge it again and to select it.</summary>
/// <param name="Fingerprint">Which distillation.</param>
/// <param name="Model">Blob of the MLP.</param>
/// <param name="Range">Where the demonstrations lay.</param>
/// <param name="Labels">What its labels took.</param>
/// <param name="Quality">Predicted against trained BLEU of the seed architectures.</param>
/// <param name="Reason">Why it was put in force, or not.</param>
/// <param name="At">When that was decided.</param>
public sealed record ChampionRecord(
    string Fingerprint, string Model, DemonstratedRange Range, LabelStatistics Labels, PredictorQuality Quality, string Reason, DateTimeOffset At)
{
    /// <summary>What it was made of; null for a record of an earlier version.</summary>
    public DistillationOrigin? Origin { get; init; }
}

/// <summary>What a predictor is made of. Where the task's origin of today differs, there is reason to distil anew.</summary>
/// <param name="Seeds">Hash of the task's seed architectures and their BLEU.</param>
/// <param name="Prompt">Hash of the prompt without its test architecture.</param>
/// <param name="Model">Model or deployment.</param>
/// <param name="ModelVersion">Its version, as settings name it.</param>
/// <param name="Settings">Settings that change answers.</param>
/// <param name="Shown">Keys of the demonstrated architectures; no judge may use them.</param>
public sealed record DistillationOrigin(string Seeds, string Prompt, string Model, string ModelVersion, string Settings, IReadOnlyList<string> Shown);

/// <summary>What became of a distilled predictor, kept for ever.</summary>
/// <param name="Id">Names the decision; sorts by time.</param>
/// <param name="Task">Task name.</param>
/// <param name="Fingerprint">The predictor decided about.</param>
/// <param name="Outcome">"promoted", "kept" (the champion stayed) or "selected" (by hand).</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Because">Why it was distilled: "seed set", "prompt", "model", "age", "manual" ...; empty for a search's own.</param>
/// <param name="Challenger">The predictor's quality on the gold architectures.</param>
/// <param name="Champion">The champion before; null where there was none.</param>
/// <param name="ChampionMae">Its mean absolute error on the same gold architectures, BLEU.</param>
/// <param name="Gold">How many architectures both were judged on.</param>
/// <param name="Labels">What the labels took.</param>
/// <param name="At">When.</param>
public sealed record ChampionDecision(
    string Id, string Task, string Fingerprint, string Outcome, string Reason, IReadOnlyList<string> Because, GoldScore Challenger,
    string? Champion, double? ChampionMae, int Gold, LabelStatistics Labels, DateTimeOffset At);

/// <summary>Errors on gold architectures.</summary>
/// <param name="Mae">Mean absolute error, BLEU.</param>
/// <param name="Tau">Kendall's tau-b; null where undefined.</param>
public sealed record GoldScore(double Mae, double? Tau);
