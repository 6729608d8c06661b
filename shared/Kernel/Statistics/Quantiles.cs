namespace HsNas.Kernel.Statistics;

/// <summary>Places in the order of values. Lists are not empty.</summary>
public static class Quantiles
{
    /// <summary>The value below which this share of a sorted list lies; between two of them by linear interpolation.</summary>
    /// <param name="sorted">Least first.</param>
    /// <param name="share">0 (the least) to 1 (the largest).</param>
    public static double OfSorted(IReadOnlyList<double> sorted, double share)
    {
        var place = share * (sorted.Count - 1);
        var below = (int)place;
        return below + 1 < sorted.Count ? sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }

    /// <summary>The middle value, in any order; of an even number the mean of the two in the middle.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
