using HsNas.Predictors;

namespace HsNas.Evolution;

/// <summary>Keeps the best. Ties keep the order of the population, so that equal scores never make a trace ambiguous.</summary>
public static class TruncationSelection
{
    /// <summary>Indices of the <paramref name="count"/> best scores, best first.</summary>
    public static int[] Select(IReadOnlyList<double> scores, MetricDirection direction, int count)
    {
        var indices = Enumerable.Range(0, scores.Count);
        var sorted = direction == MetricDirection.HigherIsBetter
            ? indices.OrderByDescending(i => scores[i])
            : indices.OrderBy(i => scores[i]);
        return [.. sorted.Take(count)];
    }

    /// <summary>
    /// As <see cref="Select(IReadOnlyList{double}, MetricDirection, int)"/>, but a candidate whose key was taken already comes
    /// only after all others: copies of one architecture must not crowd out the rest.
    /// </summary>
    public static int[] SelectDistinct(IReadOnlyList<double> scores, IReadOnlyList<string> keys, MetricDirection direction, int count)
    {
        var ranked = Select(scores, direction, scores.Count);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var first = ranked.ToLookup(i => taken.Add(keys[i]));
        return [.. first[true].Concat(first[false]).Take(count)];
    }
}
