using HsNas.Kernel.Statistics;

namespace HsNas.Evolution.Racing;

/// <summary>
/// Ridge regression with conformal intervals (docs/method.md, "Racing"). Their half width is a quantile of what examples are off
/// when they are left out, and it grows with the distance of a row from the examples. Immutable.
/// </summary>
internal sealed class LossModel
{
    // A fit that goes through an example leaves nothing of it to be left out.
    private const double LeastFreedom = 1e-3;

    private readonly double[] _weights;
    private readonly double[,] _factor;
    private readonly double[] _deviations;

    private LossModel(double[] weights, double[,] factor, double[] deviations) =>
        (_weights, _factor, _deviations) = (weights, factor, deviations);

    /// <summary>Fits with each penalty and keeps the fit that predicts left-out examples best.</summary>
    /// <param name="rows">One an example, all of one length; features of about unit size, because all bear the same penalty.</param>
    /// <param name="labels">The label of each.</param>
    /// <param name="penalties">Ridge penalties to try.</param>
    public static LossModel Fit(IReadOnlyList<double[]> rows, double[] labels, IReadOnlyList<double> penalties)
    {
        double[][] design = [.. rows.Select(r => (double[])[1, .. r])];
        var normal = Normal(design);
        return penalties.Select(penalty => Solve(design, labels, normal, penalty)).MinBy(s => s.Error).Model;
    }

    /// <summary>The label expected of a row, and how far the row is from the examples: at least 1.</summary>
    public (double Centre, double Distance) Predict(double[] row)
    {
        double[] x = [1, .. row];
        return (Dot(_weights, x), Math.Sqrt(1 + Leverage(_factor, x)));
    }

    /// <summary>
    /// Times a row's distance: half width of the interval that holds its label with probability <paramref name="confidence"/>, if the
    /// row is exchangeable with the examples. With too few examples for that, what the worst of them needs.
    /// </summary>
    public double HalfWidth(double confidence)
    {
        var rank = (int)Math.Ceiling((_deviations.Length + 1) * confidence);
        return _deviations[Math.Clamp(rank, 1, _deviations.Length) - 1];
    }

    private static double[,] Normal(double[][] design)
    {
        var width = design[0].Length;
        var normal = new double[width, width];
        foreach (var row in design)
            for (var i = 0; i < width; i++)
                for (var j = 0; j <= i; j++) normal[i, j] += row[i] * row[j];
        return normal;
    }

    // With leverage h an example is off by e / (1 - h) when it is left out, and its leverage is h / (1 - h) then: nothing is
    // fitted twice. Divided by the root of one plus that, which intervals are multiplied by, e / sqrt(1 - h) is left.
    private static (LossModel Model, double Error) Solve(double[][] design, double[] labels, double[,] normal, double penalty)
    {
        var width = design[0].Length;
        var factor = (double[,])normal.Clone();
        for (var i = 1; i < width; i++) factor[i, i] += penalty;
        Cholesky.Factor(factor);
        var weights = new double[width];
        for (var r = 0; r < design.Length; r++)
            for (var i = 0; i < width; i++) weights[i] += design[r][i] * labels[r];
        Cholesky.Forward(factor, weights);
        Cholesky.Backward(factor, weights);
        var deviations = new double[design.Length];
        var error = 0.0;
        for (var r = 0; r < design.Length; r++)
        {
            var off = Math.Abs(labels[r] - Dot(weights, design[r]));
            var freedom = Math.Max(LeastFreedom, 1 - Leverage(factor, design[r]));
            deviations[r] = off / Math.Sqrt(freedom);
            error += off / freedom * (off / freedom);
        }

        Array.Sort(deviations);
        return (new LossModel(weights, factor, deviations), error);
    }

    private static double Leverage(double[,] factor, double[] row)
    {
        var half = row.AsSpan().ToArray();
        Cholesky.Forward(factor, half);
        return Dot(half, half);
    }

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
