using HsNas.Predictors;

namespace HsNas.Evaluation.InContext;

/// <summary>
/// Regressions that a local endpoint serves in a language model's place, by the name of the model. Everything that shows their
/// answers also says that no language model gave them.
/// </summary>
public static class StandInModels
{
    /// <summary>Features and model chosen by leave-one-out: <see cref="InContextRegression.Fit"/>.</summary>
    public const string Regression = "in-context-regression";

    /// <summary>Nothing chosen: <see cref="InContextRegression.FitRidge"/>.</summary>
    public const string Ridge = "in-context-ridge";

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = [Regression, Ridge];

    /// <summary>Whether <paramref name="model"/> is one of them, a version behind the name included ("in-context-regression-1").</summary>
    public static bool Contains(string model) => Names.Any(n => model == n || model.StartsWith(n + "-", StringComparison.Ordinal));

    /// <summary>Fits the regression of that name on what a prompt shows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none of that name.</exception>
    /// <exception cref="Kernel.Validation.DataFormatException">The demonstrations are not usable.</exception>
    public static FittedRegression Fit(string name, IReadOnlyList<Demonstration> demonstrations) => name switch
    {
        Regression => InContextRegression.Fit(demonstrations),
        Ridge => InContextRegression.FitRidge(demonstrations),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, $"one of {string.Join(", ", Names)}"),
    };
}
