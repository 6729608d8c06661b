using System.Globalization;

namespace HsNas.Functions.Predictors;

/// <summary>
/// A new distilled predictor is promoted unless it is worse than the champion on gold architectures that neither was shown.
/// </summary>
internal static class PromotionRule
{
    /// <summary>Whether to promote, and why.</summary>
    /// <param name="challenger">The new one on the gold set.</param>
    /// <param name="champion">The champion on the same gold set; null where there is none.</param>
    /// <param name="gold">Size of the gold set.</param>
    public static (PromotionOutcome Outcome, string Reason) Decide(GoldScore challenger, GoldScore? champion, int gold)
    {
        if (champion is null) return (PromotionOutcome.Promoted, "first predictor of the task");
        var (outcome, comparison) = challenger.Mae <= champion.Mae
            ? (PromotionOutcome.Promoted, "is not worse than")
            : (PromotionOutcome.Kept, "is worse than");
        return (outcome, string.Create(CultureInfo.InvariantCulture,
            $"MAE {challenger.Mae:F3} {comparison} the champion's {champion.Mae:F3} on {gold} gold architectures"));
    }
}
