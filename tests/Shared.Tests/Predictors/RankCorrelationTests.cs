using HsNas.Kernel;
using HsNas.Kernel.Statistics;

namespace HsNas.Shared.Tests.Predictors;

public class RankCorrelationTests
{
    [Fact]
    public void Tau_b_agrees_with_its_definition_over_pairs_ties_included()
    {
        var random = new SeededRandom(17);
        for (var trial = 0; trial < 2000; trial++)
        {
            var n = 2 + random.Next(30);
            var x = Enumerable.Range(0, n).Select(_ => (double)random.Next(6)).ToArray();
            var y = Enumerable.Range(0, n).Select(_ => (double)random.Next(6)).ToArray();
            var (expected, actual) = (ByDefinition(x, y), RankCorrelation.KendallTauB(x, y));
            Assert.Equal(expected is null, actual is null);
            Assert.Equal(expected ?? 0, actual ?? 0, 12);
        }
    }

    [Fact]
    public void Constant_or_single_values_have_no_correlation()
    {
        Assert.Null(RankCorrelation.KendallTauB([1, 1, 1], [1, 2, 3]));
        Assert.Null(RankCorrelation.KendallTauB([1], [1]));
        Assert.Equal(1, RankCorrelation.KendallTauB([1, 2, 3], [4, 5, 6]));
        Assert.Equal(-1, RankCorrelation.KendallTauB([1, 2, 3], [6, 5, 4]));
    }

    private static double? ByDefinition(double[] x, double[] y)
    {
        double s = 0, untiedX = 0, untiedY = 0;
        for (var i = 0; i < x.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var (a, b) = (Math.Sign(x[i] - x[j]), Math.Sign(y[i] - y[j]));
                s += a * b;
                untiedX += a * a;
                untiedY += b * b;
            }
        }

        return untiedX > 0 && untiedY > 0 ? s / Math.Sqrt(untiedX * untiedY) : null;
    }
}
