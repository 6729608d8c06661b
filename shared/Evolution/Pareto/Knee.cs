namespace HsNas.Evolution.Pareto;

/// <summary>The point of a front from which every objective gets dear.</summary>
public static class Knee
{
    /// <summary>
    /// Index of the knee; the first of equals. Objectives are scaled so that the front reaches from 0 to 1 in each; the knee lies
    /// farthest below the plane through 1 of every axis. With two objectives that is the line through the ends of the front.
    /// </summary>
    /// <param name="front">Minimised objectives, none dominated; not empty.</param>
    public static int Of(IReadOnlyList<double[]> front)
    {
        ArgumentNullException.ThrowIfNull(front);
        var objectives = front[0].Length;
        var least = Enumerable.Range(0, objectives).Select(m => front.Min(p => p[m])).ToArray();
        var most = Enumerable.Range(0, objectives).Select(m => front.Max(p => p[m])).ToArray();
        return Enumerable.Range(0, front.Count).MinBy(i => Sum(front[i]));

        // An objective without range is 0 everywhere and decides nothing.
        double Sum(double[] point) =>
            point.Select((x, m) => most[m] > least[m] ? (x - least[m]) / (most[m] - least[m]) : 0).Sum();
    }
}
