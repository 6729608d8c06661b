using System.Globalization;
using HsNas.Kernel;
using HsNas.Kernel.Validation;

namespace HsNas.Predictors.Mlp;

/// <summary>A trained model and how well it fits.</summary>
/// <param name="Model">The model.</param>
/// <param name="Steps">Updates after which its weights were taken.</param>
/// <param name="TrainRmse">Root mean squared error on the rows trained on, in label units.</param>
/// <param name="ValidationRmse">The same on the held-out rows, or null where none were held out.</param>
public sealed record MlpTrainingResult(MlpModel Model, int Steps, double TrainRmse, double? ValidationRmse);

/// <summary>
/// Trains an <see cref="MlpModel"/> in managed code: mean squared error, Adam, batches without replacement. Small networks
/// train in a fraction of a second, so that no worker is needed to compare predictors. Deterministic by seed.
/// </summary>
public sealed class MlpTrainer
{
    private readonly MlpTrainingOptions _options;
    private readonly float[] _features;
    private readonly float[] _labels;
    private readonly int _width;
    private readonly string _encoding;
    private readonly (double Mean, double Scale) _scaling;
    private readonly int[] _training;
    private readonly int[] _heldOut;

    private MlpTrainer(string encoding, ReadOnlySpan<float> features, IReadOnlyList<double> labels, MlpTrainingOptions options)
    {
        _options = options.Validated();
        Check(features, labels);
        _encoding = encoding;
        _width = features.Length / labels.Count;
        _features = features.ToArray();

        var order = Enumerable.Range(0, labels.Count).ToArray();
        SeededRandom.For(options.Seed, 0, "regressor split").Shuffle<int>(order);
        var heldOut = (int)(labels.Count * options.ValidationFraction);
        _heldOut = order[..heldOut];
        _training = order[heldOut..];
        _scaling = options.StandardiseLabels ? Standardise(labels) : (0, 1);
        _labels = [.. labels.Select(l => (float)((l - _scaling.Mean) / _scaling.Scale))];
    }

    /// <summary>Trains on <paramref name="labels"/>.Count rows.</summary>
    /// <param name="encoding">Name of the feature encoding, stored in the model.</param>
    /// <param name="features">Row-major, the same number of features per row.</param>
    /// <param name="labels">One finite label per row, at least one.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Looked at between updates.</param>
    /// <exception cref="OptionException">An option is out of range.</exception>
    /// <exception cref="DataFormatException">A label or feature is not finite (names its row), or the numbers do not divide into
    /// rows.</exception>
    public static MlpTrainingResult Train(
        string encoding, ReadOnlySpan<float> features, IReadOnlyList<double> labels, MlpTrainingOptions options,
            CancellationToken cancellationToken = default) =>
        new MlpTrainer(encoding, features, labels, options).Run(cancellationToken);

    private MlpTrainingResult Run(CancellationToken cancellationToken)
    {
        var batch = Math.Min(_options.BatchSize, _training.Length);
        var layers = Build(batch);
        var input = new float[batch * _width];
        var gradient = new float[batch];
        var order = _training.ToArray();
        var random = SeededRandom.For(_options.Seed, 0, "regressor batches");
        (MlpModel? Model, int Step, double Error) best = (null, 0, double.PositiveInfinity);
        var stale = 0;
        for (var step = 1; step <= _options.Steps && stale < _options.Patience; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            DrawBatch(order, batch, random);
            Gather(order, input);
            TrainBatch(layers, input, order, gradient, step);
            if (_heldOut.Length > 0 && (step % _options.CheckEvery == 0 || step == _options.Steps))
            {
                var model = Snapshot(layers);
                var error = _options.RankShare > 0 ? HeldOutLoss(model) : Rmse(model, _heldOut);
                stale = error < best.Error ? 0 : stale + 1;
                best = error < best.Error ? (model, step, error) : best;
            }
        }

        var (result, steps, heldOutError) = best.Model is null ? (Snapshot(layers), _options.Steps, 0) : best;
        if (_options.RankShare > 0)
        {
            result = LabelScale.Fit(result!, Predictions(result!, _training), [.. _training.Select(Label)]);
            heldOutError = _heldOut.Length > 0 ? Rmse(result, _heldOut) : 0;
        }

        return new MlpTrainingResult(result!, steps, Rmse(result!, _training), _heldOut.Length > 0 ? heldOutError : null);
    }

    private List<TrainableLayer> Build(int batch)
    {
        var random = SeededRandom.For(_options.Seed, 0, "regressor weights");
        int[] widths = [_width, .. _options.HiddenLayers, 1];
        return [.. Enumerable.Range(1, widths.Length - 1)
            .Select(l => new TrainableLayer(widths[l - 1], widths[l], batch, l < widths.Length - 1, random))];
    }

    private void TrainBatch(List<TrainableLayer> layers, float[] input, int[] rows, float[] gradient, int step)
    {
        ReadOnlySpan<float> output = input;
        foreach (var layer in layers)
        {
            output = layer.Forward(output, gradient.Length);
        }

        for (var r = 0; r < gradient.Length; r++)
        {
            gradient[r] = 2 * (output[r] - _labels[rows[r]]) / gradient.Length;
        }

        if (_options.RankShare > 0)
        {
            RankLoss.Blend(output, [.. rows.AsSpan(0, gradient.Length).ToArray().Select(r => _labels[r])], _options.RankShare, gradient);
        }

        var back = gradient.AsSpan();
        for (var l = layers.Count - 1; l >= 0; l--)
        {
            back = layers[l].Backward(l == 0 ? input : layers[l - 1].Output.AsSpan(0, gradient.Length * layers[l].Inputs), back,
                gradient.Length, l > 0);
        }

        var decay = _options.CosineDecay ? 0.5 * (1 + Math.Cos(Math.PI * (step - 1) / _options.Steps)) : 1;
        foreach (var layer in layers)
        {
            layer.Update((float)(_options.LearningRate * decay), step);
        }
    }

    // The first `batch` places of a partial shuffle are a uniform draw without replacement.
    private static void DrawBatch(int[] order, int batch, SeededRandom random)
    {
        for (var i = 0; i < batch; i++)
        {
            var j = i + random.Next(order.Length - i);
            (order[i], order[j]) = (order[j], order[i]);
        }
    }

    private void Gather(ReadOnlySpan<int> rows, Span<float> destination)
    {
        for (var r = 0; r < destination.Length / _width; r++)
        {
            _features.AsSpan(rows[r] * _width, _width).CopyTo(destination[(r * _width)..]);
        }
    }

    private MlpModel Snapshot(List<TrainableLayer> layers) =>
        new(_encoding, layers.ConvertAll(l => l.Snapshot()), _scaling.Mean, _scaling.Scale);

    private double Rmse(MlpModel model, int[] rows)
    {
        var values = Predictions(model, rows);
        return Math.Sqrt(rows.Select((row, i) => Math.Pow(values[i] - Label(row), 2)).Average());
    }

    // The loss that is trained, in units of standardised labels: a rank loss alone knows no error in label units.
    private double HeldOutLoss(MlpModel model)
    {
        float[] outputs = [.. Predictions(model, _heldOut).Select(v => (float)((v - _scaling.Mean) / _scaling.Scale))];
        float[] labels = [.. _heldOut.Select(r => _labels[r])];
        var squared = outputs.Zip(labels, (o, l) => ((double)o - l) * (o - l)).Average();
        return ((1 - _options.RankShare) * squared) + (_options.RankShare * RankLoss.Value(outputs, labels));
    }

    private double[] Predictions(MlpModel model, int[] rows)
    {
        var features = new float[rows.Length * _width];
        Gather(rows, features);
        var values = new double[rows.Length];
        model.Predict(features, values);
        return values;
    }

    private double Label(int row) => _scaling.Mean + (_scaling.Scale * _labels[row]);

    private (double Mean, double Scale) Standardise(IReadOnlyList<double> labels)
    {
        var mean = _training.Average(i => labels[i]);
        var deviation = Math.Sqrt(_training.Average(i => (labels[i] - mean) * (labels[i] - mean)));
        return (mean, deviation > 1e-12 ? deviation : 1);
    }

    private static void Check(ReadOnlySpan<float> features, IReadOnlyList<double> labels)
    {
        if (labels.Count == 0 || features.Length == 0 || features.Length % labels.Count != 0)
        {
            throw new DataFormatException("training set", "rows", $"{features.Length} features for {labels.Count} labels",
                "at least one row, all with the same number of features");
        }

        var width = features.Length / labels.Count;
        for (var i = 0; i < features.Length; i++)
        {
            Demand(float.IsFinite(features[i]), i / width, "feature", features[i]);
        }

        for (var i = 0; i < labels.Count; i++)
        {
            Demand(double.IsFinite(labels[i]), i, "label", labels[i]);
        }

        static void Demand(bool holds, int row, string what, double value)
        {
            if (!holds)
            {
                throw new DataFormatException(
                    "training set", $"row {row}, {what}", value.ToString(CultureInfo.InvariantCulture), "a finite number");
            }
        }
    }
}
