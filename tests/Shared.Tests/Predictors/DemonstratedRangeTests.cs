using HsNas.Evaluation.InContext;
using HsNas.Predictors;
using HsNas.Spaces;

namespace HsNas.Shared.Tests.Predictors;

public class DemonstratedRangeTests
{
    private static readonly DemonstratedRange Range = new(1, 2, 1, 3, MinLabel: 2, MaxLabel: 10);

    [Theory]
    [InlineData(-2, -2)]
    [InlineData(5, 5)]
    [InlineData(14, 14)]
    public void Predictions_up_to_half_a_span_beyond_the_labels_stay(double value, double expected) =>
        Assert.Equal(expected, Range.Saturate(value));

    [Fact]
    public void Predictions_rise_with_what_they_bound_and_never_pass_a_span()
    {
        double[] values = [-1e6, -100, -10, -2, 0, 5, 14, 20, 1e6];

        var bounded = values.Select(v => Range.Saturate(v)).ToList();

        Assert.Equal(bounded.Distinct().Order(), bounded);
        Assert.InRange(bounded[0], 2 - 8, bounded[1]);
        Assert.InRange(bounded[^1], bounded[^2], 10 + 8);
    }

    [Fact]
    public void Predictions_never_reach_what_no_label_can_be_below_and_keep_their_order()
    {
        double[] values = [-1e6, -100, -10, -2, 0, 0.5, 1, 2, 5];

        var bounded = values.Select(v => Range.Saturate(v, least: 0)).ToList();

        Assert.Equal(bounded.Distinct().Order(), bounded);
        Assert.True(bounded[0] > 0);
        Assert.Equal([1, 2, 5], bounded[^3..]);
    }

    [Fact]
    public void Below_a_lowest_label_that_is_the_least_possible_all_are_equal() =>
        Assert.Equal([0.0, 0.0], new[] { -3.0, -1e-9 }.Select(v => (Range with { MinLabel = 0 }).Saturate(v, least: 0)));

    [Fact]
    public void A_regression_on_poor_architectures_promises_no_negative_BLEU()
    {
        var task = TaskCatalog.Get("tiny-en-de");
        var sampler = new ArchitectureSampler(task.Space, 1);
        var cost = CostModel.For(task);
        // A line through two and three layers is negative at one.
        var shown = sampler.Distinct(100).Where(a => a.DecoderLayers > 1).Take(10)
            .Select(a => new Demonstration(a, cost.Evaluate(a).TotalGFlops, 0.2 + (3 * (a.DecoderLayers - 2)))).ToList();
        var predictor = new InContextPredictor(shown, cost);

        Assert.All(sampler.Distinct(200), a => Assert.InRange(predictor.Predict(a).Value, 0, 100));
    }
}
