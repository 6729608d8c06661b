using HsNas.Evolution.Racing;
using HsNas.Kernel;

namespace HsNas.Shared.Tests.Search.Racing;

public sealed class LossModelTests
{
    private static readonly double[] Penalties = [0.1, 1, 10];

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.7)]
    [InlineData(0.95)]
    public void Intervals_hold_as_many_new_labels_as_their_confidence_says(double confidence)
    {
        var (inside, all) = (0, 0);
        for (var seed = 0; seed < 60; seed++)
        {
            var random = SeededRandom.For(seed, 0, "coverage");
            var rows = Rows(random, 140);
            var labels = rows.ConvertAll(r => r[0] - (0.5 * r[1]) + (0.3 * (random.NextDouble() - 0.5)));
            var model = LossModel.Fit(rows[..60], [.. labels[..60]], Penalties);
            for (var i = 60; i < 140; i++, all++)
            {
                var (centre, distance) = model.Predict(rows[i]);
                inside += Math.Abs(centre - labels[i]) <= distance * model.HalfWidth(confidence) ? 1 : 0;
            }
        }

        Assert.InRange(inside / (double)all, confidence - 0.03, confidence + 0.03);
    }

    [Fact]
    public void Residuals_left_out_are_those_of_fits_without_the_example()
    {
        var random = SeededRandom.For(3, 0, "left out");
        var rows = Rows(random, 12);
        double[] labels = [.. rows.Select(r => r[0] + random.NextDouble())];
        var model = LossModel.Fit(rows, labels, [1]);
        var largest = Enumerable.Range(0, 12).Max(i =>
        {
            var (centre, distance) = Without(rows, labels, i).Predict(rows[i]);
            return Math.Abs(labels[i] - centre) / distance;
        });
        Assert.Equal(largest, model.HalfWidth(0.999), 9);
    }

    [Fact]
    public void A_higher_confidence_is_never_narrower()
    {
        var random = SeededRandom.For(4, 0, "monotone");
        var rows = Rows(random, 40);
        var model = LossModel.Fit(rows, [.. rows.Select(r => r[0] + random.NextDouble())], Penalties);
        var widths = Enumerable.Range(1, 99).Select(c => model.HalfWidth(c / 100.0)).ToList();
        Assert.Equal(widths.Order(), widths);
    }

    private static LossModel Without(List<double[]> rows, double[] labels, int left) =>
        LossModel.Fit([.. rows.Where((_, i) => i != left)], [.. labels.Where((_, i) => i != left)], [1]);

    private static List<double[]> Rows(SeededRandom random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new[] { random.NextDouble(), random.NextDouble(), random.NextDouble() })];
}
