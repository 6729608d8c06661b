using HsNas.Kernel.Statistics;

namespace HsNas.Predictors.Latency;

/// <summary>
/// Least squares of relative errors in which a label that lies far off counts less (Huber's weights around the median error):
/// one of ten measurements may have met a busy device.
/// </summary>
internal static class RobustLeastSquares
{
    // Usual constants: a normal error's deviation over its median size, and deviations up to which an error counts in full.
    private const double NormalDeviation = 1.4826;
    private const double FullWeight = 1.5;
    private const int Rounds = 10;
    private const double Exact = 1e-9;

    // Keeps columns that say the same from making the system singular; far too little to be seen in a prediction.
    private const double Penalty = 1e-9;

    /// <summary>The coefficients of the columns of <paramref name="rows"/>; labels are above 0.</summary>
    public static double[] Fit(IReadOnlyList<double[]> rows, IReadOnlyList<double> labels)
    {
        // Each row over its label: the label is 1 then, and errors are relative. Each column scaled to a mean of about 1.
        var relative = rows.Select((row, r) => Array.ConvertAll(row, x => x / labels[r])).ToList();
        double[] scales = [.. Enumerable.Range(0, rows[0].Length).Select(c => Math.Max(relative.Average(r => Math.Abs(r[c])), 1e-300))];
        var scaled = relative.ConvertAll(row => row.Select((x, c) => x / scales[c]).ToArray());
        double[] weights = [.. Enumerable.Repeat(1.0, rows.Count)];
        var fitted = Weighted(scaled, weights);
        for (var round = 0; round < Rounds; round++)
        {
            var errors = scaled.ConvertAll(row => Math.Abs(1 - Dot(row, fitted)));
            var deviation = NormalDeviation * Quantiles.Median(errors);
            if (deviation < Exact) break;
            weights = [.. errors.Select(e => e <= FullWeight * deviation ? 1 : FullWeight * deviation / e)];
            fitted = Weighted(scaled, weights);
        }

        return [.. fitted.Select((x, c) => x / scales[c])];
    }

    /// <summary>The value of one row.</summary>
    public static double Dot(double[] row, double[] coefficients) => row.Zip(coefficients, (x, c) => x * c).Sum();

    private static double[] Weighted(List<double[]> rows, double[] weights)
    {
        double[] roots = [.. weights.Select(Math.Sqrt)];
        return Cholesky.LeastSquares([.. rows.Select((row, r) => Array.ConvertAll(row, x => x * roots[r]))], roots, Penalty);
    }
}
