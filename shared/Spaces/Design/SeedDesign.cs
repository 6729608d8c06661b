using HsNas.Kernel;
using HsNas.Spaces.Features;

namespace HsNas.Spaces.Design;

/// <summary>
/// Seed architectures by design: every decoder depth in turn, since quality follows it most, and of that depth the one of a
/// random pool that is furthest from all chosen before (maximin distance of the ten aggregate features, greedily). Ten random
/// architectures often leave a depth out, or show one only narrow; these do not.
/// </summary>
public static class SeedDesign
{
    private const int PoolPerArchitecture = 100;
    private const int DecoderLayers = 5;

    /// <summary>
    /// <paramref name="count"/> distinct architectures in the order chosen, so that the first n are a design too; a function of
    /// space, count and seed. Each lies within the space, but the design does not look at latency limits.
    /// </summary>
    /// <exception cref="InvalidOperationException">The space holds too few architectures.</exception>
    public static IReadOnlyList<Architecture> Propose(SearchSpace space, int count, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var available = SearchSpaceCounts.Of(space).Architectures;
        var pool = new ArchitectureSampler(space, SeededRandom.For(seed, 0, "seed design"))
            .Distinct(available < 2 * count * PoolPerArchitecture ? count : count * PoolPerArchitecture);
        return Choose(space, pool, count);
    }

    /// <summary>
    /// The design of <paramref name="count"/> architectures that can be had from <paramref name="pool"/>; ties go to whoever stands
    /// first.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The pool holds fewer.</exception>
    public static IReadOnlyList<Architecture> Choose(SearchSpace space, IReadOnlyList<Architecture> pool, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, pool.Count);
        var rows = Standardised(space, pool);
        var distances = Array.ConvertAll(rows, r => -Square(r, new double[r.Length]));
        var chosen = new List<int>();
        while (chosen.Count < count)
        {
            var left = Enumerable.Range(0, rows.Length).Except(chosen);
            var next = left.GroupBy(i => pool[i].DecoderLayers)
                .MinBy(depth => chosen.Count(i => pool[i].DecoderLayers == depth.Key))!
                .MaxBy(i => distances[i]);
            for (var i = 0; i < rows.Length; i++)
            {
                var distance = Square(rows[i], rows[next]);
                distances[i] = chosen.Count == 0 ? distance : Math.Min(distances[i], distance);
            }

            chosen.Add(next);
        }

        return chosen.ConvertAll(i => pool[i]);
    }

    // Each feature in standard deviations of the pool; the first one chosen is the one nearest to the mean.
    private static double[][] Standardised(SearchSpace space, IReadOnlyList<Architecture> pool)
    {
        var features = new DistillationFeatures(space);
        var buffer = new float[AggregateFeatures.FeatureCount];
        var rows = pool.Select(a =>
        {
            features.Write(a, buffer);
            var row = Array.ConvertAll(buffer, v => (double)v);
            row[DecoderLayers] = Math.Log(a.DecoderLayers);
            return row;
        }).ToArray();
        for (var f = 0; f < AggregateFeatures.FeatureCount; f++)
        {
            var mean = rows.Average(r => r[f]);
            var deviation = Math.Sqrt(rows.Average(r => Math.Pow(r[f] - mean, 2)));
            foreach (var row in rows) row[f] = deviation > 0 ? (row[f] - mean) / deviation : 0;
        }

        return rows;
    }

    private static double Square(double[] left, double[] right) => left.Zip(right, (l, r) => (l - r) * (l - r)).Sum();
}
