using System.Collections.Immutable;

namespace HsNas.Evolution.Pareto;

/// <summary>Which points of a front lie next to each other.</summary>
public static class Neighbours
{
    /// <summary>
    /// Of each point the indices of the <paramref name="count"/> nearest others, nearest first; all others where there are fewer.
    /// Objectives are scaled to the range that the points have; of equally near points the earlier comes first.
    /// </summary>
    public static ImmutableArray<ImmutableArray<int>> Of(IReadOnlyList<double[]> points, int count)
    {
        ArgumentNullException.ThrowIfNull(points);
        var objectives = points.Count == 0 ? 0 : points[0].Length;
        var ranges = Enumerable.Range(0, objectives).Select(m => points.Max(p => p[m]) - points.Min(p => p[m])).ToArray();
        return [.. Enumerable.Range(0, points.Count).Select(Nearest)];

        ImmutableArray<int> Nearest(int i) =>
            [.. Enumerable.Range(0, points.Count).Where(j => j != i).OrderBy(j => Distance(points[i], points[j])).Take(count)];

        double Distance(double[] a, double[] b) =>
            Enumerable.Range(0, objectives).Where(m => ranges[m] > 0).Sum(m => Math.Pow((a[m] - b[m]) / ranges[m], 2));
    }
}
