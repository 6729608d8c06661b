using System.Text.Json;
using HsNas.Evaluation.Floors;
using HsNas.Evaluation.Scoring;
using HsNas.Evaluation.Stacked;
using HsNas.Evaluation.Uncertainty;
using HsNas.Kernel;
using HsNas.Kernel.Validation;
using HsNas.Predictors;
using HsNas.Shared.Tests.Support;
using HsNas.Spaces;

namespace HsNas.Shared.Tests.Predictors;

/// <summary>Stacks, residuals, ensembles and the range of demonstrations.</summary>
public class StackedPredictorTests
{
    private static readonly List<Demonstration> Shown = Samples.Demonstrations(Samples.Wmt, 10);
    private static readonly IReadOnlyList<Architecture> Candidates = new ArchitectureSampler(Samples.Wmt.Space, 77).Distinct(20);
    private static readonly double[] Labels = [1, 2, 3, 4, 5, 6];
    private static readonly PredictorRecipe Truth = new("truth", _ => Known(Samples.Quality));
    private static readonly PredictorRecipe Nonsense = new("nonsense", _ => Known(a => a.EncoderHeads.Sum()));

    [Theory]
    [InlineData(StackingRule.LeastError)]
    [InlineData(StackingRule.OneStandardError)]
    public async Task A_member_that_knows_the_truth_gets_the_weight_and_one_that_knows_nothing_none(StackingRule rule)
    {
        var stack = await StackedPredictor.FitAsync("s", [PredictorRecipe.Depth, Nonsense, Truth], Shown, rule);
        var weights = stack.Weights.ToDictionary(w => w.Member, w => w.Weight);
        Assert.Equal(0, weights["nonsense"]);
        Assert.True(weights["truth"] >= 0.5, $"truth weighs {weights["truth"]}");
        Assert.Equal(1, weights.Values.Sum(), 9);
    }

    [Fact]
    public async Task Equal_weights_ask_nobody_about_the_demonstrations()
    {
        var fits = new List<int>();
        PredictorRecipe Spy(double value) => new($"says {value}", shown =>
        {
            fits.Add(shown.Count);
            return Known(_ => value);
        });
        var stack = await StackedPredictor.FitAsync("s", [Spy(20), Spy(26), Spy(29)], Shown, StackingRule.Equal);
        Assert.Equal([10, 10, 10], fits);
        Assert.All(await stack.PredictAsync(Candidates), p => Assert.Equal(25, p.Value, 9));
        Assert.Equal([0.25, 0.25, 0.25, 0.25], StackingWeights.Choose([Labels, Labels, Labels, Labels], Labels, StackingRule.Equal));
    }

    [Fact]
    public void One_standard_error_stays_at_the_floor_where_the_gain_may_be_chance()
    {
        // The other member is better on four demonstrations and worse on two.
        double[] floor = [1.5, 2.5, 3.5, 4.5, 5.5, 6.5];
        double[] other = [1.1, 2.1, 3.1, 4.1, 6, 7];
        Assert.NotEqual(1, StackingWeights.Choose([floor, other], Labels, StackingRule.LeastError)[0]);
        Assert.Equal([1, 0], StackingWeights.Choose([floor, other], Labels, StackingRule.OneStandardError));
    }

    [Fact]
    public void One_standard_error_leaves_a_floor_that_is_worse_everywhere()
    {
        double[] floor = [2, 3, 4, 5, 6, 7];
        Assert.True(StackingWeights.Choose([floor, Labels], Labels, StackingRule.OneStandardError)[1] > 0.9);
    }

    [Fact]
    public void The_floor_gets_all_weight_when_members_do_not_differ() =>
        Assert.Equal([1, 0], StackingWeights.Choose([Labels, Labels], Labels, StackingRule.LeastError));

    [Fact]
    public async Task Held_out_predictions_come_from_predictors_that_were_not_shown_the_demonstration()
    {
        var seen = new List<int>();
        var recipe = new PredictorRecipe("spy", demonstrations =>
        {
            seen.Add(Shown.FindIndex(d => !demonstrations.Contains(d)));
            return FloorPredictor.Constant(demonstrations);
        });
        var values = await LeaveOneOut.PredictAsync(recipe, Shown);
        Assert.Equal(Enumerable.Range(0, 10), seen);
        Assert.Equal(Shown.Where((_, i) => i != 4).Average(d => d.Bleu), values[4], 9);
    }

    [Fact]
    public async Task A_residual_predictor_adds_what_the_inner_one_finds_beyond_the_floor()
    {
        var floor = FloorPredictor.Depth(Shown);
        IReadOnlyList<Demonstration> residuals = [];
        var inner = new PredictorRecipe("inner", demonstrations =>
        {
            residuals = demonstrations;
            return Known(_ => demonstrations.Average(d => d.Bleu) + 0.25);
        });
        var predictor = new ResidualPredictor(PredictorRecipe.Depth, inner, Shown);
        var mean = Shown.Average(d => d.Bleu);
        Assert.Equal(Shown.Select(d => d.Bleu - floor.Predict(d.Architecture).Value + mean), residuals.Select(d => d.Bleu));
        var values = await predictor.PredictAsync([Shown[0].Architecture]);
        Assert.Equal(floor.Predict(Shown[0].Architecture).Value + 0.25, values[0].Value, 6);
    }

    [Fact]
    public async Task An_ensemble_says_how_much_its_members_differ()
    {
        var ensemble = new EnsemblePredictor("two", [Known(_ => 24), Known(_ => 26)]);
        Assert.All(await ensemble.PredictAsync(Candidates), p => Assert.Equal((25, 1), (p.Value, p.Spread)));
        Assert.Throws<ArgumentException>(() => new EnsemblePredictor("one", [Known(_ => 24)]));
    }

    [Fact]
    public async Task Too_few_demonstrations_are_refused() => Assert.Contains(
        "count is 4; expected at least 5",
        (await Assert.ThrowsAsync<DataFormatException>(
            () => StackedPredictor.FitAsync("s", [PredictorRecipe.Depth], Shown[..4], StackingRule.LeastError))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Wider_than_every_demonstration_is_an_extrapolation()
    {
        var narrow = Shown[0].Architecture with { EncoderEmbedDim = 512, EncoderFfnDims = [1024, 1024, 1024, 1024, 1024, 1024] };
        var range = DemonstratedRange.Of([new Demonstration(narrow, 1, 25)]);
        Assert.True(range.Covers(narrow));
        Assert.False(range.Covers(narrow with { EncoderEmbedDim = 640 }));
        Assert.False(range.Covers(narrow with { DecoderEmbedDim = narrow.DecoderEmbedDim + 1 }));
        Assert.False(range.Covers(narrow with { EncoderFfnDims = [1024, 1024, 1024, 1024, 1024, 2048] }));
        Assert.False(range.Covers(narrow with { DecoderFfnDims = [.. narrow.DecoderFfnDims.Select(f => f + 1)] }));
        Assert.True(range.Covers(narrow with { EncoderFfnDims = [1024, 1024, 1024, 1024, 512, 1024] }));
    }

    [Fact]
    public void A_range_recorded_before_widths_were_still_reads_and_finds_nothing_too_wide()
    {
        const string Old =
            """{"minEncoderLayers":6,"maxEncoderLayers":6,"minDecoderLayers":1,"maxDecoderLayers":6,"minLabel":"""
            + """24,"maxLabel":26}""";
        var range = JsonSerializer.Deserialize<DemonstratedRange>(Old, Json.Options)!;
        Assert.Equal(new DemonstratedRange(6, 6, 1, 6, 24, 26), range);
        Assert.All(Candidates, c => Assert.True(range.Covers(c)));
        var today = DemonstratedRange.Of(Shown);
        Assert.Equal(today, JsonSerializer.Deserialize<DemonstratedRange>(JsonSerializer.Serialize(today, Json.Options), Json.Options));
    }

    [Fact]
    public void A_comparison_of_a_predictor_with_itself_is_zero_and_a_better_one_shows()
    {
        var (good, bad) = (Outcome("good", 0.1), Outcome("bad", 0.5));
        var itself = PairedComparison.Of(good, good);
        Assert.Equal((0, 0, 0), (itself.Mae!.Mean, itself.Mae.Low, itself.Mae.High));
        var better = PairedComparison.Of(good, bad);
        Assert.Equal(-0.4, better.Mae!.Mean, 9);
        Assert.True(better.Mae.High < 0);
        Assert.Throws<ArgumentException>(
            () => PairedComparison.Of(good, bad with { Splits = [new SplitOutcome("9", bad.Splits[0].Tests)] }));
    }

    private static PredictorOutcome Outcome(string name, double error) => new("g", name, MetricDirection.HigherIsBetter, true,
        [new SplitOutcome("1", [.. Enumerable.Range(0, 10)
            .Select(i => new ScoredArchitecture(i, 3, 20 + i + (i % 2 == 0 ? error : -error), 20 + i, false))])]);

    private static RecordedPredictor Known(Func<Architecture, double> value) =>
        new("known", Candidates.Concat(Shown.Select(d => d.Architecture)).ToDictionary(a => a.Key, value));
}
