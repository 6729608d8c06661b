using HsNas.Evolution.Pareto;
using HsNas.Kernel;
using HsNas.Predictors;

namespace HsNas.Shared.Tests.Search;

public class ParetoFrontTests
{
    [Fact]
    public void The_front_is_what_no_other_point_dominates_however_it_is_fed()
    {
        var random = new SeededRandom(8);
        for (var trial = 0; trial < 300; trial++)
        {
            var points = Enumerable.Range(0, 60).Select(i => new ParetoPoint<int>(i, random.Next(12), random.Next(12))).ToList();
            var expected = points
                .Where(p => !points.Exists(q => q.First >= p.First && q.Second <= p.Second && (q.First > p.First || q.Second < p.Second)))
                .DistinctBy(p => (p.First, p.Second))
                .OrderByDescending(p => p.First);
            var whole = new ParetoFront<int>(MetricDirection.HigherIsBetter, MetricDirection.LowerIsBetter);
            whole.Add(points);
            Assert.Equal(expected, whole.Points);
            var parts = new ParetoFront<int>(MetricDirection.HigherIsBetter, MetricDirection.LowerIsBetter);
            points.Chunk(7).ToList().ForEach(parts.Add);
            Assert.Equal(expected, parts.Points);
        }
    }

    [Fact]
    public void Objectives_must_be_finite() =>
        Assert.Throws<ArgumentException>(
            () => new ParetoFront<int>(MetricDirection.HigherIsBetter, MetricDirection.LowerIsBetter).Add([new(1, double.NaN, 0)]));
}
