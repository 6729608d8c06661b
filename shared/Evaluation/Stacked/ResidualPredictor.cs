using HsNas.Kernel;
using HsNas.Predictors;
using HsNas.Spaces;

namespace HsNas.Evaluation.Stacked;

/// <summary>
/// A floor, and another predictor on what the floor leaves over. The other is shown BLEU without the floor's trend (the
/// residual plus the mean of the demonstrations, so that it still looks like BLEU to a language model) and adds what it
/// finds in that to the floor.
/// </summary>
public sealed class ResidualPredictor : IPerformancePredictor
{
    private readonly IPerformancePredictor _floor;
    private readonly IPerformancePredictor _inner;
    private readonly double _mean;
    private readonly DemonstratedRange _range;

    /// <summary>Fits the floor on <paramref name="demonstrations"/>, then the other on its residuals.</summary>
    /// <param name="floor">Must compute in process.</param>
    /// <param name="inner">Any predictor of BLEU.</param>
    /// <param name="demonstrations">As many as both need.</param>
    /// <exception cref="Kernel.Validation.DataFormatException">The demonstrations are of no use to one of them.</exception>
    public ResidualPredictor(PredictorRecipe floor, PredictorRecipe inner, IReadOnlyList<Demonstration> demonstrations)
    {
        Demonstration.Validate(demonstrations, atLeast: 2);
        var fitted = (SynchronousPredictor)floor.Fit(demonstrations);
        _floor = fitted;
        _mean = demonstrations.Average(d => d.Bleu);
        _range = DemonstratedRange.Of(demonstrations);
        _inner = inner.Fit(
            [.. demonstrations.Select(d => d with { Bleu = Math.Clamp(d.Bleu - fitted.Predict(d.Architecture).Value + _mean, 0, 100) })]);
        Name = $"{floor.Name} + {inner.Name} on residuals";
        Fingerprint = $"residual-{Hashing.Short($"{_floor.Fingerprint}\n{_inner.Fingerprint}\n{_mean:R}")}";
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Metric => Metrics.ValidationBleu;

    /// <inheritdoc/>
    public MetricDirection Direction => MetricDirection.HigherIsBetter;

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Prediction>> PredictAsync(
        IReadOnlyList<Architecture> architectures, CancellationToken cancellationToken = default)
    {
        var floors = await _floor.PredictAsync(architectures, cancellationToken);
        var rests = await _inner.PredictAsync(architectures, cancellationToken);
        return [.. architectures.Select(
            (a, i) => new Prediction(_range.Saturate(floors[i].Value + rests[i].Value - _mean), !_range.Covers(a), rests[i].Spread))];
    }
}
