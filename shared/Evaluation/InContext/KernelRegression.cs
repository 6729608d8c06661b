using HsNas.Kernel.Statistics;

namespace HsNas.Evaluation.InContext;

/// <summary>
/// A kernel of two standardised feature vectors: a linear part plus a radial part exp(-d^2 / (2 width^2 p)) for p features.
/// </summary>
/// <param name="Linear">Weight of the inner product: 0 or 1.</param>
/// <param name="Radial">Weight of the radial part: 0 for none.</param>
/// <param name="Width">Width of the radial part, in standard deviations; ignored where there is none.</param>
/// <param name="Penalty">Ridge penalty lambda, above 0.</param>
public sealed record KernelModel(double Linear, double Radial, double Width, double Penalty)
{
    /// <summary>
    /// The models that leave-one-out chooses among: ridge, kernel ridge with a radial kernel, and linear plus weighted radial kernel.
    /// </summary>
    public static IReadOnlyList<KernelModel> All { get; } =
    [
        .. from penalty in RidgePenalties select new KernelModel(1, 0, 1, penalty),
        .. from penalty in KernelPenalties from width in new[] { 0.5, 1, 2 } select new KernelModel(0, 1, width, penalty),
        .. from penalty in KernelPenalties from width in new[] { 0.7, 1.5 } from weight in new[] { 0.3, 1 } select new KernelModel(
            1, weight, width, penalty),
    ];

    /// <summary>Ridge regression with penalty 1 on standardised features.</summary>
    public static KernelModel Ridge { get; } = new(1, 0, 1, 1);

    private static double[] RidgePenalties => [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30];

    private static double[] KernelPenalties => [0.03, 0.1, 0.3, 1];

    /// <summary>"ridge(1)", "kernel ridge(0.3, width 1)" or "linear + 0.3 RBF(0.1, width 0.7)".</summary>
    public string Name => FormattableString.Invariant(
        Radial == 0 ? $"ridge({Penalty})" : Linear == 0
            ? (FormattableString)$"kernel ridge({Penalty}, width {Width})" : $"linear + {Radial} RBF({Penalty}, width {Width})");

    /// <summary>The kernel's value from inner product and squared distance of two vectors of <paramref name="features"/> entries.</summary>
    /// <remarks>Beside a radial part the inner product is divided by the number of features too, so that the weights compare.</remarks>
    public double Evaluate(double dot, double squaredDistance, int features)
    {
        var linear = Radial == 0 ? dot : dot / features;
        var radial = Radial == 0 ? 0 : Radial * Math.Exp(-squaredDistance / (2 * Width * Width * features));
        return (Linear * linear) + radial;
    }
}

/// <summary>Standardised rows with all their inner products and distances: what the kernels of every model are made of.</summary>
internal sealed class KernelRows
{
    private readonly Standardiser _scale;
    private readonly double[][] _rows;
    private readonly (double Dot, double Distance)[,] _pairs;

    public KernelRows(IReadOnlyList<double[]> rows)
    {
        _scale = Standardiser.Fit(rows);
        _rows = [.. rows.Select(_scale.Apply)];
        _pairs = new (double, double)[_rows.Length, _rows.Length];
        for (var i = 0; i < _rows.Length; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                _pairs[i, j] = Compare(_rows[i], _rows[j]);
            }
        }
    }

    public int Features => _rows[0].Length;

    /// <summary>The dual solution of <paramref name="model"/> for centred labels.</summary>
    public double[] Solve(KernelModel model, IReadOnlyList<double> labels, double mean)
    {
        var gram = new double[_rows.Length, _rows.Length];
        for (var i = 0; i < _rows.Length; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                gram[i, j] = gram[j, i] = model.Evaluate(_pairs[i, j].Dot, _pairs[i, j].Distance, Features) + (i == j ? model.Penalty : 0);
            }
        }

        double[] duals = [.. labels.Select(l => l - mean)];
        Cholesky.Solve(gram, duals);
        return duals;
    }

    /// <summary>Inner products and distances of raw features to every row.</summary>
    public (double Dot, double Distance)[] Compare(double[] features)
    {
        var x = _scale.Apply(features);
        return Array.ConvertAll(_rows, row => Compare(x, row));
    }

    private static (double Dot, double Distance) Compare(double[] x, double[] y)
    {
        double dot = 0, distance = 0;
        for (var i = 0; i < x.Length; i++)
        {
            dot += x[i] * y[i];
            distance += (x[i] - y[i]) * (x[i] - y[i]);
        }

        return (dot, distance);
    }
}

/// <summary>
/// Ridge regression in a kernel's feature space on standardised features and centred labels, solved in the dual: with ten
/// rows that is a 10 x 10 system whatever the number of features. Immutable.
/// </summary>
public sealed class KernelRegression
{
    private readonly KernelModel _model;
    private readonly KernelRows _rows;
    private readonly double[] _duals;
    private readonly double _mean;

    /// <summary>Fits <paramref name="model"/>.</summary>
    /// <param name="model">Kernel and penalty.</param>
    /// <param name="rows">Raw features, at least one row.</param>
    /// <param name="labels">One label per row.</param>
    public KernelRegression(KernelModel model, IReadOnlyList<double[]> rows, IReadOnlyList<double> labels)
        : this(model, new KernelRows(rows), labels)
    {
    }

    internal KernelRegression(KernelModel model, KernelRows rows, IReadOnlyList<double> labels)
    {
        _model = model;
        _rows = rows;
        _mean = labels.Average();
        _duals = rows.Solve(model, labels, _mean);
    }

    /// <summary>The prediction for raw features.</summary>
    public double Predict(double[] features) => Predict(_rows.Compare(features));

    internal double Predict((double Dot, double Distance)[] compared)
    {
        var sum = _mean;
        for (var i = 0; i < compared.Length; i++)
        {
            sum += _duals[i] * _model.Evaluate(compared[i].Dot, compared[i].Distance, _rows.Features);
        }

        return sum;
    }
}
