using HsNas.Kernel;

namespace HsNas.Benchmarks.Fronts;

/// <summary>A mean over seeds with a 90 % interval: seeds are drawn again with replacement.</summary>
internal static class SeedBootstrap
{
    private const int Resamples = 10_000;

    public static string Describe(IReadOnlyList<double> perSeed, string format)
    {
        var random = SeededRandom.For(1, 0, "bootstrap");
        var means = Enumerable.Range(0, Resamples)
            .Select(_ => Enumerable.Range(0, perSeed.Count).Average(_ => perSeed[random.Next(perSeed.Count)])).Order().ToList();
        var (low, high) = (means[(int)(0.05 * Resamples)], means[(int)(0.95 * Resamples)]);
        return FormattableString.Invariant($"{perSeed.Average().ToString(format)} ({low.ToString(format)} to {high.ToString(format)})");
    }
}
