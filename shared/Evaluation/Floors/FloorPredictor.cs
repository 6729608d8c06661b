using HsNas.Kernel;
using HsNas.Kernel.Statistics;
using HsNas.Predictors;
using HsNas.Spaces;

namespace HsNas.Evaluation.Floors;

/// <summary>
/// Predictors that need no choice and no model: what any other has to beat (docs/method.md, "Evaluating predictors"). Least squares of the
/// demonstrations' BLEU on nothing, on log(decoder layers), or on log(non-embedding parameters) and log(decoder layers).
/// </summary>
public sealed class FloorPredictor : SynchronousPredictor
{
    private readonly Func<Architecture, double[]> _features;
    private readonly double[] _coefficients;
    private readonly DemonstratedRange _range;

    private FloorPredictor(string name, IReadOnlyList<Demonstration> demonstrations, int atLeast, Func<Architecture, double[]> features)
    {
        Demonstration.Validate(demonstrations, atLeast);
        Name = name;
        _features = features;
        _range = DemonstratedRange.Of(demonstrations);
        var rows = demonstrations.Select(d => features(d.Architecture)).ToList();
        _coefficients = FitCentred(rows, [.. demonstrations.Select(d => d.Bleu)]);
        Fingerprint = $"floor-{Hashing.Short($"{name} {string.Join(' ', _coefficients.Select(c => c.ToString("R")))} {_range}")}";
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string Fingerprint { get; }

    /// <summary>The mean of the demonstrations.</summary>
    public static FloorPredictor Constant(IReadOnlyList<Demonstration> demonstrations) =>
        new("Constant (mean of demonstrations)", demonstrations, 1, _ => [1]);

    /// <summary>Least squares on 1, log(decoder layers).</summary>
    public static FloorPredictor Depth(IReadOnlyList<Demonstration> demonstrations) =>
        new("Depth floor", demonstrations, 2, a => [1, Math.Log(a.DecoderLayers)]);

    /// <summary>Least squares on 1, log(non-embedding parameters), log(decoder layers).</summary>
    public static FloorPredictor TwoNumbers(IReadOnlyList<Demonstration> demonstrations, CostModel cost) =>
        new("Two-number floor", demonstrations, 3, a =>
            [1, Math.Log(cost.Evaluate(a).ParametersWithoutEmbeddings), Math.Log(a.DecoderLayers)]);

    /// <inheritdoc/>
    public override Prediction Predict(Architecture architecture)
    {
        var features = _features(architecture);
        var value = 0.0;
        for (var i = 0; i < features.Length; i++)
        {
            value += _coefficients[i] * features[i];
        }

        return new Prediction(_range.Saturate(value), !_range.Covers(architecture));
    }

    // Centred columns keep the normal equations well conditioned; a column that never varies gets coefficient 0.
    private static double[] FitCentred(List<double[]> rows, double[] labels)
    {
        var means = Enumerable.Range(0, rows[0].Length).Select(j => rows.Average(r => r[j])).ToArray();
        var centred = rows.ConvertAll(r => r.Select((v, j) => j == 0 ? 1 : v - means[j]).ToArray());
        var coefficients = Cholesky.LeastSquares(centred, labels, penalty: 1e-9);
        for (var j = 1; j < means.Length; j++)
        {
            coefficients[0] -= coefficients[j] * means[j];
        }

        return coefficients;
    }
}
