using HsNas.Contracts.Requests;

namespace HsNas.Functions.Predictors;

/// <summary>What became of a distilled predictor. Decisions are kept for ever.</summary>
/// <param name="Id">Names the decision; sorts by time.</param>
/// <param name="Task">Task name.</param>
/// <param name="Fingerprint">The distilled predictor decided about.</param>
/// <param name="Outcome">The decision.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Because">Why it was distilled: some of <see cref="RedistillationReasons"/>; empty for a search's own.</param>
/// <param name="Challenger">Its quality on the gold architectures.</param>
/// <param name="Champion">The champion before: the distilled predictor in force. Null where there was none.</param>
/// <param name="ChampionMae">The champion's mean absolute error on the same gold architectures, BLEU.</param>
/// <param name="Gold">How many architectures both were judged on.</param>
/// <param name="Labels">What the labels took.</param>
/// <param name="At">When.</param>
public sealed record PromotionDecision(
    string Id, string Task, string Fingerprint, PromotionOutcome Outcome, string Reason, IReadOnlyList<string> Because,
        GoldScore Challenger,
    string? Champion, double? ChampionMae, int Gold, LabelStatistics Labels, DateTimeOffset At);

/// <summary>How a decision went.</summary>
public enum PromotionOutcome
{
    /// <summary>The new distilled predictor is the champion now.</summary>
    Promoted,

    /// <summary>The champion stayed.</summary>
    Kept,

    /// <summary>Somebody made a distilled predictor the champion by hand.</summary>
    Selected,
}

/// <summary>Errors on gold architectures.</summary>
/// <param name="Mae">Mean absolute error, BLEU.</param>
/// <param name="Tau">Kendall's tau-b; null where undefined.</param>
public sealed record GoldScore(double Mae, double? Tau);
