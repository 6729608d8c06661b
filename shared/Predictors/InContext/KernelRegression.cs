using HsNas.Shared.Predictors.Numerics;

namespace HsNas.Shared.Predictors.InContext;

/// <summary>
/// A kernel of two standardised feature vectors: a linear part plus a radial part exp(-d^2 / (2 width^2 p)) of p features.
/// </summary>
/// <param name="Linear">Weight of the inner product: 0 or 1.</param>
/// <param name="Radial">Weight of the radial part: 0 for none.</param>
/// <param name="Width">Width of the radial part, in standard deviations; ignored where there is none.</param>
/// <param name="Penalty">Ridge penalty lambda, above 0.</param>
public sealed record KernelModel(double Linear, double Radial, double Width, double Penalty)
{
    /// <summary>
    /// The models of hsnas-facts J: ridge, kernel ridge with a radial kernel, and linear plus weighted radial kernel.
    /// </summary>
    public static IReadOnlyList<KernelModel> All { get; } =
    [
        .. from penalty in RidgePenalties select new KernelModel(1, 0, 1, penalty),
        .. from penalty in KernelPenalties from width in new[] { 0.5, 1, 2 } select new KernelModel(0, 1, width, penalty),
        .. from penalty in KernelPenalties from width in new[] { 0.7, 1.5 } from weight in new[] { 0.3, 1 } select new KernelModel(1, weight, width, penalty),
    ];

    private static double[] RidgePenalties => [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30];

    private static double[] KernelPenalties => [0.03, 0.1, 0.3, 1];

    /// <summary>"ridge(1)", "kernel ridge(0.3, width 1)" or "linear + 0.3 RBF(0.1, width 0.7)".</summary>
    public string Name => FormattableString.Invariant(
        Radial == 0 ? $"ridge({Penalty})" : Linear == 0 ? (FormattableString)$"kernel ridge({Penalty}, width {Width})" : $"linear + {Radial} RBF({Penalty}, width {Width})");

    /// <summary>The kernel's value.</summary>
    public double Evaluate(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double dot = 0, distance = 0;
        for (var i = 0; i < x.Length; i++)
        {
            dot += x[i] * y[i];
            distance += (x[i] - y[i]) * (x[i] - y[i]);
        }

        var radial = Radial == 0 ? 0 : Radial * Math.Exp(-distance / (2 * Width * Width * x.Length));
        return (Linear * dot) + radial;
    }
}

/// <summary>
/// Ridge regression in a kernel's feature space on standardised features and centred labels, solved in the dual: with ten
/// rows that is a 10 x 10 system whatever the number of features. Immutable.
/// </summary>
public sealed class KernelRegression
{
    private readonly KernelModel _model;
    private readonly Standardiser _scale;
    private readonly double[][] _rows;
    private readonly double[] _duals;
    private readonly double _mean;

    /// <summary>Fits <paramref name="model"/>.</summary>
    /// <param name="model">Kernel and penalty.</param>
    /// <param name="rows">Raw features, at least one row.</param>
    /// <param name="labels">One label per row.</param>
    public KernelRegression(KernelModel model, IReadOnlyList<double[]> rows, IReadOnlyList<double> labels)
    {
        _model = model;
        _scale = Standardiser.Fit(rows);
        _rows = [.. rows.Select(_scale.Apply)];
        _mean = labels.Average();
        var gram = new double[rows.Count, rows.Count];
        for (var i = 0; i < rows.Count; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                gram[i, j] = gram[j, i] = model.Evaluate(_rows[i], _rows[j]) + (i == j ? model.Penalty : 0);
            }
        }

        _duals = [.. labels.Select(l => l - _mean)];
        Cholesky.Solve(gram, _duals);
    }

    /// <summary>The prediction for raw features.</summary>
    public double Predict(double[] features)
    {
        var x = _scale.Apply(features);
        var sum = _mean;
        for (var i = 0; i < _rows.Length; i++)
        {
            sum += _duals[i] * _model.Evaluate(x, _rows[i]);
        }

        return sum;
    }
}
