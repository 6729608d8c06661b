using HsNas.Kernel;
using HsNas.Predictors;
using HsNas.Spaces;

namespace HsNas.Evaluation.Scoring;

/// <summary>Known values given back, for example the BLEU that TFS-Eval records for weights inherited from a supernet.</summary>
/// <param name="name">Name for reports.</param>
/// <param name="values">Value by canonical architecture key.</param>
public sealed class RecordedPredictor(string name, IReadOnlyDictionary<string, double> values) : SynchronousPredictor
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override string Fingerprint { get; } = "recorded-"
        + Hashing.Short(name + string.Concat(values.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"\n{v.Key} {v.Value:R}")));

    /// <inheritdoc/>
    /// <exception cref="KeyNotFoundException">Nothing is recorded for the architecture.</exception>
    public override Prediction Predict(Architecture architecture) => values.TryGetValue(architecture.Key, out var value)
        ? new Prediction(value, Extrapolating: false)
        : throw new KeyNotFoundException($"{name} has no record of {architecture}.");
}
