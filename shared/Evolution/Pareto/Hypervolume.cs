namespace HsNas.Evolution.Pareto;

/// <summary>How much of the space of objectives points dominate: the one number by which fronts are compared.</summary>
public static class Hypervolume
{
    /// <summary>
    /// The volume between the points and <paramref name="reference"/>, in the product of the objectives' units. A point that is
    /// nowhere better than the reference in some objective adds nothing.
    /// </summary>
    /// <param name="points">Minimised objectives; any order, dominated ones allowed.</param>
    /// <param name="reference">A point that is worse than all that matter.</param>
    public static double Of(IEnumerable<double[]> points, IReadOnlyList<double> reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        var inside = points.Where(p => p.Zip(reference, (x, r) => x < r).All(better => better)).ToList();
        return Volume(inside, reference, reference.Count);
    }

    // Slices along the last objective: between two of its values the volume is that of the points below, in one dimension less.
    private static double Volume(IReadOnlyList<double[]> points, IReadOnlyList<double> reference, int dimensions)
    {
        if (points.Count == 0) return 0;
        var last = dimensions - 1;
        if (last == 0) return reference[0] - points.Min(p => p[0]);
        var order = points.OrderBy(p => p[last]).ToList();
        if (last == 1) return Area(order, reference);
        var volume = 0.0;
        for (var i = 0; i < order.Count; i++)
        {
            var height = (i + 1 < order.Count ? order[i + 1][last] : reference[last]) - order[i][last];
            if (height > 0) volume += height * Volume(order[..(i + 1)], reference, last);
        }

        return volume;
    }

    private static double Area(List<double[]> order, IReadOnlyList<double> reference)
    {
        var (area, least) = (0.0, reference[0]);
        foreach (var point in order.Where(p => p[0] < reference[0]))
        {
            if (point[0] >= least) continue;
            area += (least - point[0]) * (reference[1] - point[1]);
            least = point[0];
        }

        return area;
    }
}
