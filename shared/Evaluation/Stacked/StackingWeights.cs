namespace HsNas.Evaluation.Stacked;

/// <summary>How far stacking trusts ten demonstrations.</summary>
public enum StackingRule
{
    /// <summary>The weights of least held-out error.</summary>
    LeastError,

    /// <summary>
    /// The weights nearest to the floor whose held-out error is within one standard error of the least (the rule by which
    /// trees are pruned). A member other than the floor gets weight only if it is better by more than chance.
    /// </summary>
    OneStandardError,

    /// <summary>
    /// The same weight for every member: nothing is chosen. Ten demonstrations choose badly, and members that err in different
    /// ways correct one another whatever their weights are.
    /// </summary>
    Equal,
}

/// <summary>
/// Weights of a convex combination, chosen on held-out predictions in tenths, or equal. Convex, so that a stack never promises
/// more than its boldest member; in tenths, since ten demonstrations cannot tell more apart.
/// </summary>
public static class StackingWeights
{
    private const int Parts = 10;

    /// <summary>Equal weights for <paramref name="members"/> members, together 1.</summary>
    public static IReadOnlyList<double> Equal(int members) => [.. Enumerable.Repeat(1.0 / members, members)];

    /// <summary>Chooses the weights.</summary>
    /// <param name="heldOut">Held-out predictions of each member, the floor's first.</param>
    /// <param name="labels">The demonstrations' labels, at least two.</param>
    /// <param name="rule">How; equal weights need no held-out predictions.</param>
    /// <returns>One weight for each member, together 1.</returns>
    public static IReadOnlyList<double> Choose(
        IReadOnlyList<IReadOnlyList<double>> heldOut, IReadOnlyList<double> labels, StackingRule rule)
    {
        if (rule == StackingRule.Equal) return Equal(heldOut.Count);
        var candidates = Compositions(heldOut.Count, Parts)
            .Select(parts => parts.Select(p => (double)p / Parts).ToArray())
            .Select(weights => (Weights: weights, Errors: Errors(weights, heldOut, labels)))
            .ToList();
        var best = candidates.OrderBy(c => c.Errors.Average()).ThenByDescending(c => c.Weights[0]).First();
        return rule == StackingRule.LeastError ? best.Weights
            : candidates.Where(c => WithinOneStandardError(c.Errors, best.Errors)).OrderByDescending(c => c.Weights[0])
                .ThenBy(c => c.Errors.Average()).First().Weights;
    }

    private static double[] Errors(double[] weights, IReadOnlyList<IReadOnlyList<double>> heldOut, IReadOnlyList<double> labels) =>
        [.. labels.Select((label, i) => Math.Pow(weights.Select((w, m) => w * heldOut[m][i]).Sum() - label, 2))];

    // Paired: both are errors on the same demonstrations.
    private static bool WithinOneStandardError(double[] errors, double[] best)
    {
        var gaps = errors.Zip(best, (e, b) => e - b).ToArray();
        var mean = gaps.Average();
        return mean <= Math.Sqrt(gaps.Sum(g => Math.Pow(g - mean, 2)) / (gaps.Length - 1) / gaps.Length);
    }

    private static IEnumerable<IEnumerable<int>> Compositions(int members, int parts) =>
        members == 1 ? [[parts]]
        : Enumerable.Range(0, parts + 1).SelectMany(first => Compositions(members - 1, parts - first).Select(rest => rest.Prepend(first)));
}
