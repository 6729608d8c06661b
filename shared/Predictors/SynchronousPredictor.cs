using HsNas.Spaces;

namespace HsNas.Predictors;

/// <summary>Base of predictors that compute in process, without waiting for anything.</summary>
public abstract class SynchronousPredictor : IPerformancePredictor
{
    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public virtual string Metric => Metrics.ValidationBleu;

    /// <inheritdoc/>
    public virtual MetricDirection Direction => MetricDirection.HigherIsBetter;

    /// <inheritdoc/>
    public abstract string Fingerprint { get; }

    /// <summary>The prediction of one architecture.</summary>
    public abstract Prediction Predict(Architecture architecture);

    /// <summary>Predictions of a batch into <paramref name="destination"/>, which is as long as the batch.</summary>
    public virtual void Predict(IReadOnlyList<Architecture> architectures, Span<Prediction> destination)
    {
        for (var i = 0; i < architectures.Count; i++)
        {
            destination[i] = Predict(architectures[i]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Prediction>> PredictAsync(
        IReadOnlyList<Architecture> architectures, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var predictions = new Prediction[architectures.Count];
        Predict(architectures, predictions);
        return new ValueTask<IReadOnlyList<Prediction>>(predictions);
    }
}
