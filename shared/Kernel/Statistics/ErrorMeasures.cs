namespace HsNas.Kernel.Statistics;

/// <summary>Averages of prediction errors. Lists are equally long and not empty.</summary>
public static class ErrorMeasures
{
    /// <summary>Mean absolute error, in the labels' unit.</summary>
    public static double MeanAbsolute(IReadOnlyList<double> predicted, IReadOnlyList<double> actual) =>
        predicted.Zip(actual, (p, a) => Math.Abs(p - a)).Average();

    /// <summary>Root mean squared error, in the labels' unit.</summary>
    public static double RootMeanSquared(IReadOnlyList<double> predicted, IReadOnlyList<double> actual) =>
        Math.Sqrt(predicted.Zip(actual, (p, a) => (p - a) * (p - a)).Average());

    /// <summary>Mean absolute percentage error; labels are not 0.</summary>
    public static double MeanAbsolutePercentage(IReadOnlyList<double> predicted, IReadOnlyList<double> actual) =>
        100 * predicted.Zip(actual, (p, a) => Math.Abs((p - a) / a)).Average();

    /// <summary>Mean of predicted minus actual: negative where a predictor underestimates.</summary>
    public static double Bias(IReadOnlyList<double> predicted, IReadOnlyList<double> actual) =>
        predicted.Zip(actual, (p, a) => p - a).Average();
}
