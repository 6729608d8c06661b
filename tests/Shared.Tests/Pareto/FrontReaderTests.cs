using HsNas.Contracts.Fronts;
using HsNas.Evolution.Constraints;

namespace HsNas.Shared.Tests.Pareto;

public sealed class FrontReaderTests
{
    private static readonly Front Front = Fronts.Of((6.1, 12, 12.5), (6.2, 9.5, null), (6.3, 9, 9.2), (6.6, 7, 6.8), (6.9, 6.5, 7.1));

    [Theory]
    [InlineData(12.5, 6.1)]
    [InlineData(12.4, 6.3)]
    [InlineData(9.2, 6.3)]
    [InlineData(9.1, 6.6)]
    [InlineData(6.8, 6.6)]
    public void The_answer_is_the_best_scored_point_whose_measured_latency_keeps_the_limit(double most, double loss)
    {
        var answer = Ask((ConstraintIds.LatencyMs, most));
        Assert.True(answer.IsKnown);
        Assert.Equal(loss, answer.Point!.Score);
        Assert.True(answer.Point.Values[ConstraintIds.LatencyMs] <= most);
        Assert.Empty(answer.Unknown);
    }

    [Fact]
    public void A_better_point_that_was_only_predicted_is_named_apart()
    {
        Assert.Equal(6.2, Ask((ConstraintIds.LatencyMs, 9.5)).Unmeasured!.Score);
        Assert.Null(Ask((ConstraintIds.LatencyMs, 9.4)).Unmeasured);
        Assert.Null(Ask((ConstraintIds.LatencyMs, 12.5)).Unmeasured);
    }

    [Fact]
    public void Below_the_fastest_measured_point_the_front_does_not_know()
    {
        var answer = Ask((ConstraintIds.LatencyMs, 6.7));
        Assert.False(answer.IsKnown);
        Assert.Null(answer.Point);
        Assert.Equal(
            ["No point of the front keeps the latency limit 6.7 ms: the least measured is 6.8 ms. The front does not know what lies "
                + "below."],
            answer.Unknown);
    }

    [Fact]
    public void A_quantity_that_was_no_objective_is_answered_and_said_to_be_unsearched()
    {
        var answer = Ask((ConstraintIds.GFlops, 0.0095));
        Assert.Equal(6.2, answer.Point!.Score);
        Assert.Contains("gFlops was no objective of this search", Assert.Single(answer.Unknown), StringComparison.Ordinal);
    }

    [Fact]
    public void Several_limits_must_be_kept_together()
    {
        Assert.Equal(6.6, Ask((ConstraintIds.LatencyMs, 9.2), (ConstraintIds.GFlops, 0.008)).Point!.Score);
        var crossed = Fronts.Of((6.1, 5, 12), (6.6, 7, 6.8));
        var none = FrontReader.Read(crossed, Fronts.Limits((ConstraintIds.LatencyMs, 7), (ConstraintIds.GFlops, 0.005)));
        Assert.False(none.IsKnown);
        Assert.Equal("Each limit is kept by a point of the front, but none keeps all of them together.", none.Unknown[0]);
    }

    [Fact]
    public void A_quantity_that_no_point_has_is_not_known()
    {
        var answer = Ask((ConstraintIds.ParametersMillions, 1));
        Assert.False(answer.IsKnown);
        Assert.Equal("No point of the front has a model size.", answer.Unknown[0]);
    }

    [Fact]
    public void Points_that_fell_behind_when_measured_are_marked_and_are_no_answer()
    {
        Assert.Equal([false, false, false, false, true], Front.Points.Select(p => p.IsDominated));
        Assert.DoesNotContain(Enumerable.Range(60, 80), ms => Ask((ConstraintIds.LatencyMs, ms / 10.0)).Point?.Score == 6.9);
    }

    [Fact]
    public void The_knee_is_a_measured_point_that_stands()
    {
        Assert.Equal(6.3, Front.Knee!.Score);
        Assert.Single(Front.Points, p => p.IsKnee);
        Assert.Null(Fronts.Of((6.1, 12, null)).Knee);
        var broken = Fronts.Judged([Fronts.Point(0, 6.1, 9, 9) with { Violations = ["too large"] }, Fronts.Point(1, 6.2, 9, 9.5)]);
        Assert.Equal(6.2, broken.Knee!.Score);
    }

    private static FrontAnswer Ask(params (string Id, double Most)[] limits) => FrontReader.Read(Front, Fronts.Limits(limits));
}
