using HsNas.Cli.Screens;
using HsNas.Contracts.Requests;

namespace HsNas.Cli.Tests.Screens;

public class BestSoFarTests
{
    [Theory]
    [InlineData(new double[] { }, "")]
    [InlineData(new[] { 3.0 }, "▄")]
    [InlineData(new[] { 1.0, 2.0, 3.0 }, "▁▅█")]
    [InlineData(new[] { 9.0, 1.0, 3.0, 2.0 }, "▁█▅")]
    public void A_value_is_a_bar_and_the_last_ones_are_shown(double[] values, string expected) =>
        Assert.Equal(expected, Sparkline.Of(values, width: 3));

    [Fact]
    public void The_best_of_each_generation_is_a_bar_and_the_last_one_a_number()
    {
        var best = new BestSoFar();
        best.Note(Generation(1, 7.5));
        Assert.Null(best.Line);
        best.Note(Generation(2, 6.5));
        best.Note(Generation(2, 6.5));

        Assert.Equal("best loss █▁ 6.500", best.Line);
    }

    [Fact]
    public void Another_metric_begins_anew()
    {
        var best = new BestSoFar();
        best.Note(Generation(1, 20, "BLEU"));
        best.Note(Generation(2, 21, "BLEU"));
        best.Note(Generation(3, 6.5));
        best.Note(Generation(4, 6.25));

        Assert.Equal("best loss █▁ 6.250", best.Line);
    }

    [Fact]
    public void Nothing_is_noted_before_a_generation_was_ranked()
    {
        var best = new BestSoFar();
        best.Note(Samples.Status("Running", Samples.Stage(SearchStages.Search, StageState.Running)));
        best.Note(Samples.Status("Running", Samples.Stage(SearchStages.Supernet, StageState.Running, 1, 9)));

        Assert.Null(best.Line);
    }

    private static SearchStatus Generation(long done, double best, string metric = "loss") => Samples.Status(
        "Running", Samples.Stage(SearchStages.Search, StageState.Running, done, 30) with { Best = best, Metric = metric });
}
