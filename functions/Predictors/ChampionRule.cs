using System.Globalization;

namespace HsNas.Functions.Predictors;

/// <summary>The challenger is promoted unless it is worse on gold architectures that neither was shown.</summary>
internal static class ChampionRule
{
    /// <summary>Whether to promote, and why.</summary>
    /// <param name="challenger">On the gold set.</param>
    /// <param name="champion">On the same gold set; null where no predictor is in force.</param>
    /// <param name="gold">Size of the gold set.</param>
    public static (bool Promote, string Reason) Decide(GoldScore challenger, GoldScore? champion, int gold) => champion is null
        ? (true, "first predictor of the task")
        : challenger.Mae <= champion.Mae
            ? (true, Words($"MAE {challenger.Mae:F3} is not worse than the champion's {champion.Mae:F3} on {gold} gold architectures"))
            : (false, Words($"MAE {challenger.Mae:F3} is worse than the champion's {champion.Mae:F3} on {gold} gold architectures"));

    private static string Words(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
