using HsNas.Predictors;
using HsNas.Spaces;

namespace HsNas.Evolution;

/// <summary>
/// Keeps the best of the last population. Ties keep the order of the population, so that equal scores never make a trace
/// ambiguous. Where populations are distinct, copies of one architecture come only after all others.
/// </summary>
/// <param name="codec">Says which genes are one architecture.</param>
/// <param name="options">Validated options.</param>
public sealed class TruncationSelection(GeneCodec codec, EvolutionOptions options) : IParentSelection
{
    /// <inheritdoc/>
    public int Decisive(int candidates) => options.Parents;

    /// <inheritdoc/>
    public ParentChoice Choose(ScoredGeneration scored)
    {
        ArgumentNullException.ThrowIfNull(scored);
        var order = Ranked(scored.Scores, scored.Direction);
        if (options.DistinctPopulation) order = Distinct(order, [.. scored.Architectures.Select(a => a.Key)]);
        return new ParentChoice([.. order.Take(options.Parents).Select(i => scored[i])]);
    }

    /// <inheritdoc/>
    public RunEnd End(ParentChoice last)
    {
        ArgumentNullException.ThrowIfNull(last);
        return new RunEnd([.. last.Parents.DistinctBy(p => codec.Decode(p.Gene.AsSpan()).Key)]);
    }

    private static IEnumerable<int> Ranked(IReadOnlyList<double> scores, MetricDirection direction)
    {
        var indices = Enumerable.Range(0, scores.Count);
        return direction == MetricDirection.HigherIsBetter ? indices.OrderByDescending(i => scores[i]) : indices.OrderBy(i => scores[i]);
    }

    // Copies of one architecture must not crowd out the rest.
    private static IEnumerable<int> Distinct(IEnumerable<int> ranked, string[] keys)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var first = ranked.ToLookup(i => taken.Add(keys[i]));
        return first[true].Concat(first[false]);
    }
}
