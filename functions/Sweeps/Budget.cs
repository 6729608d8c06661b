using HsNas.Contracts.Sweeps;
using HsNas.Functions.Sweeps.Files;

namespace HsNas.Functions.Sweeps;

/// <summary>What is left of a sweep's limit on money.</summary>
internal sealed class Budget
{
    private readonly decimal? _left;

    private Budget(decimal? left) => _left = left;

    /// <summary>What is left after all that rows spent: those that have ended, and those that still run.</summary>
    /// <param name="definition">The sweep.</param>
    /// <param name="outcomes">How rows ended.</param>
    /// <param name="running">Rows that run.</param>
    /// <param name="spentAsync">What a running row has spent, or may still spend.</param>
    public static async Task<Budget> OfAsync(
        SweepDefinition definition, IReadOnlyList<SweepOutcome> outcomes, IReadOnlyList<SweptSearch> running,
        Func<SweptSearch, Task<decimal>> spentAsync)
    {
        if (definition.MaxCostUsd is not { } most) return new Budget(null);
        var left = (decimal)most - outcomes.Sum(o => o.SpentUsd);
        foreach (var search in running.Where(r => r.BuysLabels)) left -= await spentAsync(search);
        return new Budget(Math.Max(0, left));
    }

    /// <summary>
    /// What a row may spend; null for no limit. A row whose task has a predictor gets nothing: should that vanish before it looks, it
    /// must not buy another one beside the row whose turn it is.
    /// </summary>
    public decimal? For(bool buys) => _left is null || buys ? _left : 0;
}
