namespace HsNas.Evolution.Pareto;

/// <summary>Crowding distances of NSGA-II, and thinning by them. Points are minimised objectives of one front.</summary>
public static class Crowding
{
    /// <summary>
    /// Distance of each point: over all objectives the sum of the gap between its two neighbours, as a share of the
    /// objective's range. The least and the greatest of an objective are infinitely far. An objective without range says nothing.
    /// </summary>
    public static double[] Distances(IReadOnlyList<double[]> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        var distances = new double[points.Count];
        for (var objective = 0; points.Count > 0 && objective < points[0].Length; objective++)
        {
            var m = objective;
            var order = Enumerable.Range(0, points.Count).OrderBy(i => points[i][m]).ToArray();
            var range = points[order[^1]][m] - points[order[0]][m];
            if (range <= 0) continue;
            distances[order[0]] = distances[order[^1]] = double.PositiveInfinity;
            for (var i = 1; i < order.Length - 1; i++)
                distances[order[i]] += (points[order[i + 1]][m] - points[order[i - 1]][m]) / range;
        }

        return distances;
    }

    /// <summary>
    /// Indices of <paramref name="count"/> points that lie evenly along the front, in their order: the most crowded one is
    /// left out, distances are taken anew, and so on. Of equally crowded points the last goes first.
    /// </summary>
    public static IReadOnlyList<int> Thin(IReadOnlyList<double[]> points, int count)
    {
        var kept = Enumerable.Range(0, points.Count).ToList();
        while (kept.Count > count)
        {
            var distances = Distances([.. kept.Select(i => points[i])]);
            var most = kept.Count - 1;
            for (var i = most - 1; i >= 0; i--)
                if (distances[i] < distances[most]) most = i;
            kept.RemoveAt(most);
        }

        return kept;
    }
}
