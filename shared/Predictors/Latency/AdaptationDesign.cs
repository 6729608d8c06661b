using HsNas.Spaces;

namespace HsNas.Predictors.Latency;

/// <summary>
/// Which architectures of a new device are measured to adapt a predictor (docs/method.md, "Ten measurements of a new device").
/// </summary>
public static class AdaptationDesign
{
    /// <summary>How many are measured.</summary>
    public const int Count = 10;

    /// <summary>
    /// Those at equal steps in the order of predicted latency, least and greatest included: a line is best known from its ends,
    /// and a bend shows between them. Predictions of several sources count by their geometric mean. Deterministic.
    /// </summary>
    /// <param name="sources">Predictors of other devices, at least one.</param>
    /// <param name="pool">What can be measured, at least <paramref name="count"/>.</param>
    /// <param name="predict">A source's prediction, milliseconds.</param>
    /// <param name="count">How many, at least two.</param>
    public static IReadOnlyList<T> Choose<T>(
        IReadOnlyList<LatencyPredictor> sources, IEnumerable<T> pool, Func<LatencyPredictor, T, double> predict, int count = Count)
    {
        T[] ordered = [.. pool.OrderBy(c => sources.Sum(s => Math.Log(predict(s, c))))];
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(ordered.Length, count);
        return [.. Enumerable.Range(0, count).Select(i => ordered[i * (ordered.Length - 1) / (count - 1)])];
    }

    /// <summary>Architectures of a space, from 400 random ones that are always the same.</summary>
    public static IReadOnlyList<Architecture> Choose(IReadOnlyList<LatencyPredictor> sources, SearchSpace space, int count = Count)
    {
        const int Pool = 400;
        var size = (int)System.Numerics.BigInteger.Min(Pool, SearchSpaceCounts.Of(space).Architectures / 2);
        return Choose(sources, new ArchitectureSampler(space, seed: 1).Distinct(size), (s, a) => s.PredictMs(a), count);
    }
}
