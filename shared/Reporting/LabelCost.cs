using System.Globalization;
using HsNas.Contracts.Requests;

namespace HsNas.Reporting;

/// <summary>What labels cost and what went wrong with them, in one sentence for reports and screens.</summary>
public static class LabelCost
{
    /// <summary>
    /// For example "Cost of the labels: $0.97, of which $0.12 paid now; 4,100,000 cached prompt tokens; 3 answers refused."
    /// </summary>
    public static string Sentence(LabelStatistics labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var cost = labels.CostUsd is { } all
            ? $"{Dollars(all)}, of which {Dollars(labels.SpentUsd ?? 0)} paid now" : "not known, since the model is in no price list";
        (long Count, string What)[] facts =
        [
            (labels.CachedTokens, "cached prompt tokens"), (labels.ReasoningTokens, "reasoning tokens"),
                (labels.Refused, "answers refused"),
            (labels.Truncated, "cut off"), (labels.Unreadable, "unreadable"), (labels.Unanswered, "architectures given up"),
            (labels.Throttled, "calls asked to wait (429)"), (labels.Failed, "calls failed and were made again"),
        ];
        var words = facts.Where(f => f.Count > 0).Select(f => string.Create(CultureInfo.InvariantCulture, $"; {f.Count:N0} {f.What}"));
        return $"Cost of the labels: {cost}{string.Concat(words)}.";
    }

    private static string Dollars(decimal amount) => string.Create(CultureInfo.InvariantCulture, $"${amount:0.00##}");
}
