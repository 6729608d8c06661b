using Microsoft.DurableTask;

namespace HsNas.Functions.Searches;

/// <summary>What who started a search lets it spend on labels, whatever its own request allows.</summary>
/// <param name="MaxCostUsd">US dollars, 0 or more; null for no limit.</param>
public sealed record LabelAllowance(decimal? MaxCostUsd)
{
    /// <summary>The input of a search; no limit where it has none.</summary>
    internal static LabelAllowance Of(TaskOrchestrationContext search) =>
        search.GetInput<LabelAllowance>() ?? new LabelAllowance(MaxCostUsd: null);

    /// <summary>The smaller one of this and what a request allows.</summary>
    public decimal? Within(decimal? asked) => asked is null || MaxCostUsd < asked ? MaxCostUsd : asked;
}
