using HsNas.Predictors;

namespace HsNas.Evolution;

/// <summary>Decides after each scored generation whether the search is over.</summary>
public static class Termination
{
    /// <summary>True after the last generation, or earlier where <see cref="EvolutionOptions.Convergence"/> says so.</summary>
    /// <param name="trace">Entries of all scored generations, the newest last; not empty.</param>
    /// <param name="options">Validated options.</param>
    public static bool IsOver(IReadOnlyList<GenerationTrace> trace, EvolutionOptions options) =>
        trace[^1].Generation >= options.Iterations || (options.Convergence is { } stop && HasConverged(trace, stop));

    // Scores of two metrics cannot be compared, so only the generations since the last change of metric count.
    private static bool HasConverged(IReadOnlyList<GenerationTrace> trace, ConvergenceOptions stop)
    {
        var newest = trace[^1];
        if (newest.Generation < stop.EarliestGeneration)
        {
            return false;
        }

        var phase = trace.Reverse().TakeWhile(t => t.Metric == newest.Metric && t.Direction == newest.Direction).Reverse().ToList();
        var best = phase[0].Best;
        var stale = 0;
        foreach (var entry in phase.Skip(1))
        {
            var gain = newest.Direction == MetricDirection.HigherIsBetter ? entry.Best - best : best - entry.Best;
            stale = gain > stop.Tolerance ? 0 : stale + 1;
            best = gain > stop.Tolerance ? entry.Best : best;
        }

        return stale >= stop.Patience;
    }
}
