using HsNas.Contracts.Requests;

namespace HsNas.Dashboard.Models;

/// <summary>Orders in which searches can be listed.</summary>
public static class SearchOrder
{
    /// <summary>The one that began last first.</summary>
    public const string Newest = "newest";

    private const string Changed = "changed";
    private const string Cost = "cost";
    private const string Best = "best";
    private const string Left = "left";

    /// <summary>All orders, with their words.</summary>
    public static IReadOnlyDictionary<string, string> Names { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [Newest] = "newest first", [Changed] = "last change first", [Cost] = "dearest first", [Best] = "best score first",
        [Left] = "soonest done first",
    };

    /// <summary>The searches in an order; those that lack its figure come last.</summary>
    public static IEnumerable<SearchSummary> Apply(string order, IEnumerable<SearchSummary> searches)
    {
        ArgumentNullException.ThrowIfNull(searches);
        return order switch
        {
            Changed => searches.OrderByDescending(s => s.Changed),
            Cost => searches.OrderByDescending(s => s.CostUsd ?? -1),
            Left => searches.OrderBy(s => s.SecondsLeft ?? double.MaxValue),
            // Scores of two metrics cannot be compared, so each metric is a group of its own; of losses the least is best.
            Best => searches.OrderBy(s => s.Metric ?? "~", StringComparer.Ordinal)
                .ThenBy(s => s.Metric == Predictors.Metrics.ValidationLoss ? s.Best : -s.Best),
            _ => searches,
        };
    }
}
