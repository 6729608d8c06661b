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
        var chains = Chains(points);
        return [.. Enumerable.Range(0, points.Count).Select(i => Distance(chains, i))];
    }

    /// <summary>
    /// Indices of <paramref name="count"/> points that lie evenly along the front, in their order: the most crowded one is
    /// left out, distances are taken anew, and so on. Of equally crowded points the last goes first.
    /// </summary>
    public static IReadOnlyList<int> Thin(IReadOnlyList<double[]> points, int count)
    {
        ArgumentNullException.ThrowIfNull(points);
        var chains = Chains(points);
        var distances = Enumerable.Range(0, points.Count).Select(i => Distance(chains, i)).ToArray();
        var kept = Enumerable.Range(0, points.Count).ToList();
        while (kept.Count > count)
        {
            var place = kept.Count - 1;
            for (var i = place - 1; i >= 0; i--)
                if (distances[kept[i]] < distances[kept[place]]) place = i;
            var left = kept[place];
            kept.RemoveAt(place);
            // Only the distances of its neighbours change.
            foreach (var neighbour in chains.SelectMany(c => c.Remove(left)).Distinct().ToList())
                distances[neighbour] = Distance(chains, neighbour);
        }

        return kept;
    }

    private static List<CrowdingChain> Chains(IReadOnlyList<double[]> points) =>
        [.. Enumerable.Range(0, points.Count == 0 ? 0 : points[0].Length).Select(m => new CrowdingChain([.. points.Select(p => p[m])]))
            .Where(c => c.Range > 0)];

    private static double Distance(List<CrowdingChain> chains, int point) => chains.Sum(c => c.Gap(point));
}
