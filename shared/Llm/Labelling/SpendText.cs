using System.Globalization;

namespace HsNas.Llm.Labelling;

/// <summary>Money and troubles of labels, in words for users.</summary>
public static class SpendText
{
    /// <summary>"$0.0231 spent of at most $0.50, 1,204 answers; 3 refused, 2 cut off".</summary>
    /// <param name="tally">What the labels took.</param>
    /// <param name="most">The limit, US dollars; null for none.</param>
    public static string Note(LabelTally tally, decimal? most)
    {
        var limit = most is { } m ? $" of at most {Dollars(m)}" : "";
        var spent = tally.Unpriced > 0 ? "price not known" : $"{Dollars(tally.SpentUsd)} spent{limit}";
        (int Count, string What)[] troubles =
        [
            (tally.Refused, "refused"), (tally.Truncated, "cut off"), (tally.Unreadable, "unreadable"), (tally.Unanswered, "given up"),
            (tally.Throttled, "asked to wait (429)"), (tally.Failed, "failed calls"),
        ];
        var words = string.Join(", ", troubles.Where(t => t.Count > 0)
            .Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Count:N0} {t.What}")));
        return string.Create(CultureInfo.InvariantCulture, $"{spent}, {tally.Calls:N0} answers{(words.Length > 0 ? $"; {words}" : "")}");
    }

    /// <summary>
    /// Why asking ended at a limit: "maxCostUsd $0.50 is reached: 120 of 3,000 architectures are labelled, $0.4999 were spent."
    /// </summary>
    /// <param name="option">What sets the limit.</param>
    /// <param name="most">The limit, US dollars.</param>
    /// <param name="done">How far it got, as the middle of a sentence.</param>
    /// <param name="spent">US dollars.</param>
    public static string LimitReached(string option, decimal most, string done, decimal spent) =>
        $"{option} {Dollars(most)} is reached: {done}, {Dollars(spent)} were spent.";

    private static string Dollars(decimal amount) => string.Create(CultureInfo.InvariantCulture, $"${amount:0.00##}");
}
