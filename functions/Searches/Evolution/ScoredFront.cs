using HsNas.Contracts.Requests;
using HsNas.Contracts.Stored;
using HsNas.Evolution.Racing;
using HsNas.Functions.Searches.Contexts;
using HsNas.Spaces;

namespace HsNas.Functions.Searches.Evolution;

/// <summary>What a run that looked for one winner knows of the trade-off between loss and latency, without further work.</summary>
internal static class ScoredFront
{
    /// <summary>Candidates scored in full that no other beats in both, lowest loss first; the last is the cheapest.</summary>
    public static IReadOnlyList<ScoredPoint> Of(SearchContext search, LossFile losses)
    {
        var cost = CostModel.For(search.Task);
        var points = losses.Records.Where(losses.IsComplete)
            .Select(r => new ScoredPoint(
                r.Architecture, TotalLoss.Bits(r, losses.Blocks), search.Latency?.PredictMs(r.Architecture),
                cost.Evaluate(r.Architecture).TotalGFlops))
            .OrderBy(p => p.LossBits).ThenBy(CostOf).ThenBy(p => p.Architecture.Key, StringComparer.Ordinal);
        var front = new List<ScoredPoint>();
        foreach (var point in points)
            if (front.Count == 0 || CostOf(point) < CostOf(front[^1])) front.Add(point);
        return front;
    }

    private static double CostOf(ScoredPoint point) => point.LatencyMs ?? point.GFlops;
}
