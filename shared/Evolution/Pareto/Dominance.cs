namespace HsNas.Evolution.Pareto;

/// <summary>
/// Non-dominated sorting. A point is a list of objectives, all minimised. One point dominates another where it is nowhere
/// larger and somewhere smaller, so equal points do not dominate each other. See docs/method.md, "Pareto search".
/// </summary>
public static class Dominance
{
    /// <summary>Whether <paramref name="a"/> dominates <paramref name="b"/>; both have the same length.</summary>
    public static bool Dominates(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var smaller = false;
        for (var i = 0; i < a.Length; i++)
        {
            if (a[i] > b[i]) return false;
            smaller |= a[i] < b[i];
        }

        return smaller;
    }

    /// <summary>
    /// Indices front by front: the points that none dominates, then those that only these dominate, and so on, until at least
    /// <paramref name="enough"/> are listed. Within a front they are in the order of their objectives, ties in the order given.
    /// </summary>
    /// <param name="points">Finite objectives; all of one length.</param>
    /// <param name="enough">Sorting stops with the front that reaches it.</param>
    public static IReadOnlyList<IReadOnlyList<int>> Fronts(IReadOnlyList<double[]> points, int enough = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(points);
        // In this order a point can only be dominated by points before it.
        var rest = Enumerable.Range(0, points.Count).Order(Comparer<int>.Create((a, b) => Compare(points[a], points[b]))).ToList();
        var (fronts, listed) = (new List<IReadOnlyList<int>>(), 0);
        while (rest.Count > 0 && listed < enough)
        {
            var (front, behind) = (new List<int>(), new List<int>());
            foreach (var index in rest)
                (front.Exists(f => Dominates(points[f], points[index])) ? behind : front).Add(index);
            fronts.Add(front);
            listed += front.Count;
            rest = behind;
        }

        return fronts;
    }

    private static int Compare(double[] a, double[] b)
    {
        for (var i = 0; i < a.Length; i++)
        {
            if (a[i].CompareTo(b[i]) is not 0 and var order) return order;
        }

        return 0;
    }
}
