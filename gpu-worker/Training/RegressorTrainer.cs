using HsNas.GpuWorker.Tensors;
using HsNas.Kernel;
using HsNas.Predictors.Mlp;
using HsNas.Spaces;
using HsNas.Spaces.Features;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Training;

/// <summary>
/// Fits the MLP of LLM-Distill-PP (docs/method.md, "Distilled predictor"): linear layers with ReLU between, MSE, Adam, batches
/// drawn without replacement. With a held-out share the best weights seen on it are kept, and training stops when it no longer
/// improves.
/// </summary>
internal sealed class RegressorTrainer(SearchSpace space, MlpTrainingOptions options, Device device)
{
    private readonly DistillationFeatures _features = new(space);

    /// <summary>What a fit produced.</summary>
    /// <param name="Model">Weights, ready for managed inference.</param>
    /// <param name="Steps">Updates done.</param>
    /// <param name="FitRmse">Against the labels fitted to.</param>
    /// <param name="HeldOutRmse">Against the held-out labels; NaN where none were held out.</param>
    public sealed record Fit(MlpModel Model, int Steps, double FitRmse, double HeldOutRmse);

    /// <summary>Fits to labelled architectures; at least 10, all labels finite.</summary>
    public Fit Train(
        IReadOnlyList<(Architecture Architecture, double Label)> items, Action<int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var order = Enumerable.Range(0, items.Count).ToArray();
        SeededRandom.For(options.Seed, 0, "regressor-split").Shuffle<int>(order);
        var heldOut = (int)(items.Count * options.ValidationFraction);
        var (held, fitted) = (order[..heldOut], order[heldOut..]);
        var mean = options.StandardiseLabels ? fitted.Average(i => items[i].Label) : 0;
        var variance = fitted.Average(i => (items[i].Label - mean) * (items[i].Label - mean));
        var scale = options.StandardiseLabels && variance > 0 ? Math.Sqrt(variance) : 1;

        using var scope = NewDisposeScope();
        manual_seed(options.Seed);
        using var network = Build();
        network.to(device);
        using var adam = new AdamOptimizer(network.parameters());
        var x = Inputs(items, fitted);                                    // [n, 10]
        var y = Labels(items, fitted, mean, scale);                       // [n, 1]
        var heldX = heldOut > 0 ? Inputs(items, held) : null;
        var heldY = heldOut > 0 ? Labels(items, held, mean, scale) : null;
        var random = SeededRandom.For(options.Seed, 0, "regressor-batches");
        var (best, bestRmse, sinceBest, step) = ((IReadOnlyList<DenseLayer>?)null, double.PositiveInfinity, 0, 0);
        while (step < options.Steps)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rate = options.CosineDecay ? 0.5 * options.LearningRate * (1 + Math.Cos(Math.PI * step / options.Steps))
                : options.LearningRate;
            Update(network, adam, rate, x, y, Draw(random, fitted.Length));
            step++;
            if (heldX is null || heldY is null || (step % options.CheckEvery != 0 && step < options.Steps)) continue;
            progress?.Invoke(step);
            var rmse = HeldOutError(network, heldX, heldY) * scale;
            if (rmse < bestRmse) (best, bestRmse, sinceBest) = (Layers(network), rmse, 0);
            else if (++sinceBest >= options.Patience) break;
        }

        var model = new MlpModel(_features.Name, best ?? Layers(network), mean, scale);
        if (options.RankShare > 0)
            model = LabelScale.Fit(model, ManagedPredictions(model, items, fitted), [.. fitted.Select(i => items[i].Label)]);
        return new Fit(model, step, ManagedRmse(model, items, fitted), heldOut > 0 ? ManagedRmse(model, items, held) : double.NaN);
    }

    private Sequential Build()
    {
        var widths = new[] { DistillationFeatures.FeatureCount }.Concat(options.HiddenLayers).Append(1).ToArray();
        var modules = new List<(string, nn.Module<Tensor, Tensor>)>();
        for (var i = 0; i + 1 < widths.Length; i++)
        {
            if (i > 0) modules.Add(($"relu{i}", nn.ReLU()));
            modules.Add(($"linear{i}", nn.Linear(widths[i], widths[i + 1])));
        }

        return nn.Sequential([.. modules]);
    }

    private void Update(Sequential network, AdamOptimizer adam, double rate, Tensor x, Tensor y, Tensor rows)
    {
        using var scope = NewDisposeScope();
        var batchX = x.index_select(0, rows.to(x.device));                // [b, 10]
        var batchY = y.index_select(0, rows.to(x.device));                // [b, 1]
        network.zero_grad();
        Loss(network.call(batchX), batchY).backward();
        adam.Step(rate);
        rows.Dispose();
    }

    private Tensor Loss(Tensor output, Tensor labels)
    {
        var squared = nn.functional.mse_loss(output, labels);
        return options.RankShare > 0
            ? squared.Times(1 - options.RankShare).Plus(Ranked(output, labels).Times(options.RankShare))
            : squared;
    }

    // As RankLoss has it: the mean over pairs whose labels differ. The sum over none of them is 0.
    internal static Tensor Ranked(Tensor output, Tensor labels)
    {
        var margins = output.sub(output.t());                               // [b, b]
        var ordered = labels.gt(labels.t()).to_type(output.dtype);        // [b, b]
        var pairs = ordered.sum().cpu().item<float>();
        return nn.functional.softplus(margins.neg()).mul(ordered).sum().DividedBy(Math.Max(1, pairs));
    }

    private Tensor Draw(SeededRandom random, int count)
    {
        var size = Math.Min(options.BatchSize, count);
        var chosen = new HashSet<long>(size);
        while (chosen.Count < size) chosen.Add(random.Next(count));
        return tensor(chosen.ToArray(), new long[] { size });
    }

    private Tensor Inputs(IReadOnlyList<(Architecture Architecture, double Label)> items, int[] rows)
    {
        var values = new float[rows.Length * DistillationFeatures.FeatureCount];
        for (var i = 0; i < rows.Length; i++)
            _features.Write(
                items[rows[i]].Architecture, values.AsSpan(i * DistillationFeatures.FeatureCount, DistillationFeatures.FeatureCount));
        return tensor(values, new long[] { rows.Length, DistillationFeatures.FeatureCount }).to(device);
    }

    private Tensor Labels(IReadOnlyList<(Architecture Architecture, double Label)> items, int[] rows, double mean, double scale) =>
        tensor(rows.Select(r => (float)((items[r].Label - mean) / scale)).ToArray(), new long[] { rows.Length, 1 }).to(device);

    private double HeldOutError(Sequential network, Tensor x, Tensor y)
    {
        using var inference = no_grad();
        using var scope = NewDisposeScope();
        return Math.Sqrt(Loss(network.call(x), y).cpu().item<float>());
    }

    private static List<DenseLayer> Layers(Sequential network)
    {
        var parameters = network.named_parameters().Select(p => p.Item2).ToList();
        var layers = new List<DenseLayer>();
        for (var i = 0; i < parameters.Count; i += 2)
        {
            using var weight = parameters[i].detach().cpu().contiguous();       // [out, in]
            using var bias = parameters[i + 1].detach().cpu().contiguous();     // [out]
            layers.Add(
                new DenseLayer((int)weight.shape[1], (int)weight.shape[0], weight.data<float>().ToArray(), bias.data<float>().ToArray()));
        }

        return layers;
    }

    private double ManagedRmse(MlpModel model, IReadOnlyList<(Architecture Architecture, double Label)> items, int[] rows)
    {
        double sum = 0;
        foreach (var (row, predicted) in rows.Zip(ManagedPredictions(model, items, rows)))
        {
            var error = predicted - items[row].Label;
            sum += error * error;
        }

        return Math.Sqrt(sum / rows.Length);
    }

    private double[] ManagedPredictions(MlpModel model, IReadOnlyList<(Architecture Architecture, double Label)> items, int[] rows)
    {
        Span<float> features = stackalloc float[DistillationFeatures.FeatureCount];
        var predicted = new double[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            _features.Write(items[rows[i]].Architecture, features);
            predicted[i] = model.Predict(features);
        }

        return predicted;
    }
}
