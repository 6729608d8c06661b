using HsNas.Kernel;
using HsNas.Predictors;
using HsNas.Spaces;

namespace HsNas.Evaluation.InContext;

/// <summary>Regression on the demonstrations as a predictor: the bar a language model has to clear.</summary>
public sealed class InContextPredictor : SynchronousPredictor
{
    private readonly FittedRegression _regression;

    /// <summary>Fits the honest leave-one-out regression on <paramref name="demonstrations"/>.</summary>
    /// <exception cref="Kernel.Validation.DataFormatException">The demonstrations are not usable.</exception>
    public InContextPredictor(IReadOnlyList<Demonstration> demonstrations, CostModel cost)
        : this("In-context regression (leave-one-out)", "in-context", InContextRegression.Fit(demonstrations, cost), demonstrations)
    {
    }

    private InContextPredictor(string name, string kind, FittedRegression regression, IReadOnlyList<Demonstration> demonstrations)
    {
        (Name, _regression) = (name, regression);
        Fingerprint = $"{kind}-" + Hashing.Short(
            string.Join('\n', demonstrations.Select(d => $"{d.Architecture.Key} {d.GFlops:R} {d.Bleu:R}")));
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>What was chosen.</summary>
    public string Choice => _regression.Choice;

    /// <inheritdoc/>
    public override string Fingerprint { get; }

    /// <summary>Fits <see cref="InContextRegression.FitRidge"/>, which chooses nothing.</summary>
    /// <exception cref="Kernel.Validation.DataFormatException">The demonstrations are not usable.</exception>
    public static InContextPredictor Ridge(IReadOnlyList<Demonstration> demonstrations, CostModel cost) =>
        new("In-context ridge (five numbers)", "in-context-ridge", InContextRegression.FitRidge(demonstrations, cost), demonstrations);

    /// <inheritdoc/>
    public override Prediction Predict(Architecture architecture) =>
        new(_regression.Predict(architecture), !_regression.Range.Covers(architecture));
}
