using System.Globalization;
using HsNas.Kernel.Validation;
using HsNas.Predictors;
using HsNas.Spaces;

namespace HsNas.Evaluation.Supernets;

/// <summary>Evaluates subtransformers with weights inherited from a supernet: a GPU worker, or a stand-in.</summary>
public interface ISupernetScorer
{
    /// <summary>Identifies checkpoint and validation set.</summary>
    string Fingerprint { get; }

    /// <summary>Token-weighted label-smoothed validation loss of each, in bits; finite and positive.</summary>
    ValueTask<IReadOnlyList<double>> ValidationLossAsync(
        IReadOnlyList<Architecture> architectures, CancellationToken cancellationToken = default);
}

/// <summary>
/// A supernet as a predictor: validation loss with inherited weights, lower is better. It has trained on all of the space, so it
/// never extrapolates.
/// </summary>
/// <param name="scorer">Evaluates.</param>
/// <param name="name">"HAT" and the like, for reports.</param>
public sealed class SupernetPredictor(ISupernetScorer scorer, string name = "Supernet") : IPerformancePredictor
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public string Metric => Metrics.ValidationLoss;

    /// <inheritdoc/>
    public MetricDirection Direction => MetricDirection.LowerIsBetter;

    /// <inheritdoc/>
    public string Fingerprint => $"supernet-{scorer.Fingerprint}";

    /// <inheritdoc/>
    /// <exception cref="DataFormatException">The scorer returned too few losses, or one that is not finite.</exception>
    public async ValueTask<IReadOnlyList<Prediction>> PredictAsync(
        IReadOnlyList<Architecture> architectures, CancellationToken cancellationToken = default)
    {
        var losses = await scorer.ValidationLossAsync(architectures, cancellationToken);
        if (losses.Count != architectures.Count)
        {
            throw new DataFormatException(name, "losses", $"{losses.Count}", $"{architectures.Count}, one per architecture");
        }

        return [.. losses.Select((loss, i) => new Prediction(Check(loss, architectures[i]), Extrapolating: false))];
    }

    private double Check(double loss, Architecture architecture) => double.IsFinite(loss)
        ? loss
        : throw new DataFormatException(name, $"loss of {architecture}", loss.ToString(CultureInfo.InvariantCulture), "a finite number");
}
