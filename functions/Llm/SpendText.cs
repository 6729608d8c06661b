using System.Globalization;
using HsNas.Functions.Activities;
using HsNas.Functions.Llm.Labelling;

namespace HsNas.Functions.Llm;

/// <summary>Money and troubles of labels, in words for users.</summary>
internal static class SpendText
{
    /// <summary>"$0.0231 spent of at most $0.50, 1,204 answers; 3 refused, 2 cut off".</summary>
    public static string Note(LabelTally tally, decimal? most)
    {
        var limit = most is { } m ? $" of at most {Dollars(m)}" : "";
        var spent = tally.Unpriced > 0 ? "price not known" : $"{Dollars(tally.SpentUsd)} spent{limit}";
        (int Count, string What)[] troubles =
        [
            (tally.Refused, "refused"), (tally.Truncated, "cut off"), (tally.Unreadable, "unreadable"), (tally.Unanswered, "given up"),
            (tally.Throttled, "asked to wait (429)"), (tally.Failed, "failed calls"),
        ];
        var words = string.Join(", ", troubles.Where(t => t.Count > 0).Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Count:N0} {t.What}")));
        return string.Create(CultureInfo.InvariantCulture, $"{spent}, {tally.Calls:N0} answers{(words.Length > 0 ? $"; {words}" : "")}");
    }

    /// <summary>Why a distillation ended at its limit, and what to do.</summary>
    public static string LimitReached(DistillationProgress progress)
    {
        var (limit, spent) = (Dollars(progress.Plan.MaxCostUsd!.Value), Dollars(progress.Total.SpentUsd));
        var labelled = string.Create(CultureInfo.InvariantCulture, $"{progress.Labelled:N0} of {progress.Plan.Labels:N0}");
        return $"maxCostUsd {limit} is reached: {labelled} architectures are labelled, {spent} were spent. "
            + "All answers are kept in the ledger; with a higher limit the next search pays only for the rest.";
    }

    private static string Dollars(decimal amount) => string.Create(CultureInfo.InvariantCulture, $"${amount:0.00##}");
}
