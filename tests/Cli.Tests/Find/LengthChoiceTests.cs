using HsNas.Cli.Find.Planning;
using HsNas.Contracts.Jobs;

namespace HsNas.Cli.Tests.Find;

/// <summary>The arithmetic of plans, on measurements that are given.</summary>
public sealed class LengthChoiceTests
{
    private static readonly TextSize Text = new(Validation: 400, Test: 400, UpdatesAnEpoch: 300);

    private static readonly TrainingProbe Probe = new(
        UpdateSeconds: 0.05, LargestUpdateSeconds: 0.08, ValidationSeconds: 0.2, ScoringSeconds: 0.1, SentenceSeconds: 0.005,
        LoadSeconds: 1, FixedWorkSeconds: 0.06, FastestMs: 2, MeanMs: 5, SlowestMs: 8);

    public static TheoryData<double> Budgets => [900, 1200, 1800, 3600, 7200, 86_400];

    [Theory]
    [MemberData(nameof(Budgets))]
    public void What_is_planned_stays_below_the_time_that_is_left(double seconds)
    {
        var lengths = LengthChoice.Choose(Costs(), Text, seconds)!;

        Assert.InRange(Total(lengths), 1, 0.9 * seconds);
    }

    [Theory]
    [MemberData(nameof(Budgets))]
    public void Longer_budgets_never_train_anything_less(double seconds)
    {
        var (less, more) = (LengthChoice.Choose(Costs(), Text, seconds)!, LengthChoice.Choose(Costs(), Text, seconds * 1.5)!);

        Assert.True(less.Seeds <= more.Seeds);
        Assert.True(less.SupernetSteps <= more.SupernetSteps);
        Assert.True(less.Seeds * less.SeedSteps <= more.Seeds * more.SeedSteps);
    }

    [Fact]
    public void Two_hours_train_thirty_architectures_and_no_length_beyond_what_the_text_teaches()
    {
        var lengths = LengthChoice.Choose(Costs(), Text, 7200)!;

        Assert.Equal(30, lengths.Seeds);
        Assert.Equal(30, LengthChoice.Choose(Costs(), Text, 1e6)!.Seeds);
        Assert.Equal(new Lengths(30, 6000, 12_000, 18_000), LengthChoice.Choose(Costs(), Text, 1e6));
    }

    [Fact]
    public void Fewer_architectures_are_trained_where_thirty_would_get_too_little()
    {
        var lengths = LengthChoice.Choose(Costs(), Text, 1000)!;

        Assert.True(lengths.Seeds < 30);
        Assert.InRange(lengths.SeedSteps, LengthChoice.LeastSteps, 1000);
    }

    [Fact]
    public void Time_that_is_too_short_gives_no_plan_and_the_least_time_gives_one()
    {
        var least = LengthChoice.LeastSeconds(Costs());

        Assert.Null(LengthChoice.Choose(Costs(), Text, least * 0.95));
        Assert.NotNull(LengthChoice.Choose(Costs(), Text, least * 1.05));
    }

    [Fact]
    public void Seed_architectures_beyond_the_workers_take_another_round()
    {
        var (two, three) = (new StageCosts(Probe, Text, 2, 5), new StageCosts(Probe, Text, 3, 5));

        Assert.Equal(two.Seeds(20, 100), 10 * (5 + two.EvaluationSeconds), 6);
        Assert.Equal(three.Seeds(20, 100), 7 * (5 + two.EvaluationSeconds), 6);
        Assert.Equal(1 + 0.2 + (800 * 0.005), two.EvaluationSeconds, 6);
    }

    [Fact]
    public void A_machine_that_does_fixed_work_slower_takes_longer_for_what_cannot_be_measured()
    {
        var slow = new StageCosts(Probe with { FixedWorkSeconds = 0.18 }, Text, 2, 5);

        Assert.Equal(3, slow.Slowdown, 6);
        Assert.Equal(3 * Costs().Labels, slow.Labels, 6);
    }

    [Fact]
    public void Measurements_side_by_side_are_averaged_and_latencies_take_the_least()
    {
        var merged = TrainingProbe.Merge([Probe, Probe with { UpdateSeconds = 0.07, FastestMs = 4, SlowestMs = 6 }]);

        Assert.Equal(0.06, merged.UpdateSeconds, 9);
        Assert.Equal((2, 6), (merged.FastestMs, merged.SlowestMs));
    }

    [Theory]
    [InlineData(19_000, "tiny")]
    [InlineData(60_000, "small")]
    [InlineData(5_000_000, "large")]
    public void The_largest_space_that_a_text_fills_is_tried_first(int pairs, string expected)
    {
        Assert.Equal(expected, SpaceSize.For(pairs).First().Name);
        Assert.Equal("tiny", SpaceSize.For(pairs).Last().Name);
    }

    private static StageCosts Costs() => new(Probe, Text, 2, 5);

    private static double Total(Lengths lengths) => Costs().Constant + Costs().Seeds(lengths.Seeds, lengths.SeedSteps)
        + Costs().Supernet(lengths.SupernetSteps) + Costs().Winner(lengths.WinnerSteps);
}
