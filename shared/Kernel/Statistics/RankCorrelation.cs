namespace HsNas.Kernel.Statistics;

/// <summary>Kendall's rank correlation.</summary>
public static class RankCorrelation
{
    /// <summary>
    /// Kendall's tau-b, which corrects for ties on either side, in [-1, 1]; null where one side is constant or there are
    /// fewer than two values, because it is then undefined. O(n log n).
    /// </summary>
    public static double? KendallTauB(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        var order = Enumerable.Range(0, x.Count).OrderBy(i => x[i]).ThenBy(i => y[i]).ToArray();
        var pairs = PairsOf(x.Count);
        var tiedX = TiedPairs(order, (a, b) => x[a] == x[b]);
        var tiedBoth = TiedPairs(order, (a, b) => x[a] == x[b] && y[a] == y[b]);
        var values = Array.ConvertAll(order, i => y[i]);
        var discordant = SortCountingInversions(values, new double[values.Length], 0, values.Length);
        var tiedY = TiedPairs([.. Enumerable.Range(0, values.Length)], (a, b) => values[a] == values[b]);
        var denominator = Math.Sqrt((double)(pairs - tiedX) * (pairs - tiedY));
        return denominator > 0 ? (pairs - tiedX - tiedY + tiedBoth - (2.0 * discordant)) / denominator : null;
    }

    private static long PairsOf(long n) => n * (n - 1) / 2;

    private static long TiedPairs(int[] order, Func<int, int, bool> tied)
    {
        long sum = 0, run = 1;
        for (var i = 1; i <= order.Length; i++)
        {
            if (i < order.Length && tied(order[i - 1], order[i]))
            {
                run++;
                continue;
            }

            sum += PairsOf(run);
            run = 1;
        }

        return sum;
    }

    private static long SortCountingInversions(double[] values, double[] scratch, int start, int end)
    {
        if (end - start < 2)
        {
            return 0;
        }

        var middle = (start + end) / 2;
        var count = SortCountingInversions(values, scratch, start, middle) + SortCountingInversions(values, scratch, middle, end);
        int left = start, right = middle, next = start;
        while (left < middle && right < end)
        {
            if (values[right] < values[left])
            {
                count += middle - left;
                scratch[next++] = values[right++];
            }
            else
            {
                scratch[next++] = values[left++];
            }
        }

        Array.Copy(values, left, scratch, next, middle - left);
        Array.Copy(values, right, scratch, next + middle - left, end - right);
        Array.Copy(scratch, start, values, start, end - start);
        return count;
    }
}
