using HsNas.Shared.Architectures;
using HsNas.Shared.Search;

namespace HsNas.Shared.Predictors.InContext;

/// <summary>The honest leave-one-out regression as a predictor: the bar a language model has to clear.</summary>
public sealed class InContextPredictor : SynchronousPredictor
{
    private readonly FittedRegression _regression;

    /// <summary>Fits on <paramref name="demonstrations"/>.</summary>
    /// <exception cref="Validation.DataFormatException">The demonstrations are not usable.</exception>
    public InContextPredictor(IReadOnlyList<Demonstration> demonstrations, CostModel cost)
    {
        _regression = InContextRegression.Fit(demonstrations, cost);
        Fingerprint = "in-context-" + Hashing.Short(string.Join('\n', demonstrations.Select(d => $"{d.Architecture.Key} {d.GFlops:R} {d.Bleu:R}")));
    }

    /// <inheritdoc/>
    public override string Name => "In-context regression (leave-one-out)";

    /// <summary>What leave-one-out chose.</summary>
    public string Choice => _regression.Choice;

    /// <inheritdoc/>
    public override string Fingerprint { get; }

    /// <inheritdoc/>
    public override Prediction Predict(Architecture architecture) =>
        new(_regression.Predict(architecture), !_regression.Range.Covers(architecture));
}
