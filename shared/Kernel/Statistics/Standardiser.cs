namespace HsNas.Kernel.Statistics;

/// <summary>Centres features and divides by their standard deviation; a feature that never varies becomes 0 everywhere.</summary>
public sealed class Standardiser
{
    private readonly double[] _mean;
    private readonly double[] _inverse;

    private Standardiser(double[] mean, double[] inverse)
    {
        _mean = mean;
        _inverse = inverse;
    }

    /// <summary>Means and population standard deviations of at least one row.</summary>
    public static Standardiser Fit(IReadOnlyList<double[]> rows)
    {
        var width = rows[0].Length;
        var mean = new double[width];
        var inverse = new double[width];
        for (var j = 0; j < width; j++)
        {
            mean[j] = rows.Average(r => r[j]);
            var deviation = Math.Sqrt(rows.Average(r => (r[j] - mean[j]) * (r[j] - mean[j])));
            inverse[j] = deviation > 1e-12 * Math.Max(1, Math.Abs(mean[j])) ? 1 / deviation : 0;
        }

        return new Standardiser(mean, inverse);
    }

    /// <summary>The standardised copy of one row.</summary>
    public double[] Apply(double[] row)
    {
        var result = new double[row.Length];
        for (var j = 0; j < row.Length; j++)
        {
            result[j] = (row[j] - _mean[j]) * _inverse[j];
        }

        return result;
    }
}
