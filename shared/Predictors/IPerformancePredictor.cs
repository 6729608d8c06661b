using HsNas.Spaces;

namespace HsNas.Predictors;

/// <summary>Which end of a metric is good. Every predictor states it, so that no caller has to guess a sort order.</summary>
public enum MetricDirection
{
    /// <summary>For example BLEU.</summary>
    HigherIsBetter,

    /// <summary>For example validation loss.</summary>
    LowerIsBetter,
}

/// <summary>One predicted value.</summary>
/// <param name="Value">In the units of the predictor's metric; finite.</param>
/// <param name="Extrapolating">True where the architecture lies outside what the predictor has seen, so that the value is a guess.</param>
/// <param name="Spread">Standard deviation over whatever the predictor asked more than once, in the units of
/// <paramref name="Value"/>; null where it asked once.</param>
public readonly record struct Prediction(double Value, bool Extrapolating, double? Spread = null);

/// <summary>
/// Estimates how good an architecture would be. The same architecture always gets the same prediction from the same
/// <see cref="Fingerprint"/>, whatever else is in the batch; implementations are safe for concurrent use.
/// </summary>
public interface IPerformancePredictor
{
    /// <summary>The field's name of the method, for example "LLM-Distill-PP".</summary>
    string Name { get; }

    /// <summary>What is predicted, for example "validation BLEU".</summary>
    string Metric { get; }

    /// <summary>Which end of <see cref="Metric"/> is good.</summary>
    MetricDirection Direction { get; }

    /// <summary>Identifies the predictor's parameters and inputs; part of every score cache key.</summary>
    string Fingerprint { get; }

    /// <summary>One prediction per architecture, in their order; an empty list gives an empty one.</summary>
    ValueTask<IReadOnlyList<Prediction>> PredictAsync(
        IReadOnlyList<Architecture> architectures, CancellationToken cancellationToken = default);
}

/// <summary>Names of metrics, so that they are spelt in one place.</summary>
public static class Metrics
{
    /// <summary>BLEU on the validation set.</summary>
    public const string ValidationBleu = "validation BLEU";

    /// <summary>Label-smoothed validation loss in bits per token.</summary>
    public const string ValidationLoss = "validation loss";

    /// <summary>Minus the validation loss: what a distilled supernet predicts.</summary>
    public const string NegatedValidationLoss = "minus validation loss";
}
