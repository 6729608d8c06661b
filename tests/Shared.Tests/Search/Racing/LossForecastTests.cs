using HsNas.Evolution;
using HsNas.Evolution.Constraints;
using HsNas.Evolution.Racing;
using HsNas.Kernel.Validation;
using HsNas.Predictors;
using HsNas.Spaces;
using HsNas.Tests.Support;

namespace HsNas.Shared.Tests.Search.Racing;

public sealed class LossForecastTests
{
    private static readonly TaskDefinition Tiny = TaskCatalog.Get("tiny-en-de");

    private static readonly EvolutionOptions Options = new()
    {
        Iterations = 6, Population = 30, Parents = 6, Mutations = 12, Crossovers = 12, DistinctPopulation = true,
    };

    private readonly MadeUpLosses _losses = new();

    [Fact]
    public void Children_with_lower_losses_have_lower_forecasts()
    {
        var children = Sample(60, seed: 2);
        var forecasts = After(Sample(100, seed: 1))!.Of(children);

        int[] byForecast = [.. Enumerable.Range(0, 60).OrderBy(i => forecasts[i]).Take(15)];
        int[] byLoss = [.. Enumerable.Range(0, 60).OrderBy(i => _losses.Full(children[i])).Take(15)];
        Assert.InRange(byForecast.Intersect(byLoss).Count(), 12, 15);
    }

    [Fact]
    public void Candidates_that_were_scored_in_part_teach_nothing()
    {
        var examples = Sample(40, seed: 1).ConvertAll(_losses.Complete);
        var partly = Sample(40, seed: 2).ConvertAll(a => _losses.Complete(a) with { Sums = [1000] });

        var alone = Of(examples, [])!.Of(Sample(5, seed: 3));
        Assert.Equal(alone, Of(examples, partly)!.Of(Sample(5, seed: 3)));
    }

    [Fact]
    public void Too_few_examples_or_rules_that_want_none_give_no_forecast()
    {
        Assert.Null(After(Sample(4, seed: 1)));
        Assert.Null(LossForecast.After(
            Tiny.Space, RaceRules.SameParents, _losses.Blocks, Sample(40, seed: 1).ConvertAll(_losses.Complete), [], hints: null));
    }

    [Fact]
    public void Places_go_to_the_children_with_the_lowest_forecasts_and_each_kind_of_child_keeps_its_places()
    {
        var engine = Engine(Options);
        var state = engine.Start();
        var few = Next(engine, state, new Depth(2));
        var many = Next(engine, state, new Depth(50));

        Assert.Equal(Options.Population, engine.Candidates(many).Architectures.Count);
        Assert.Equal(few.Parents.AsEnumerable(), many.Parents);
        Assert.Equal(many.Parents.AsEnumerable(), many.Population.Take(Options.Parents));
        Assert.True(Children(engine, many).Average(a => a.DecoderLayers) < Children(engine, few).Average(a => a.DecoderLayers));
        Assert.Equal(many.Population.AsEnumerable(), Next(engine, state, new Depth(50)).Population);
    }

    [Fact]
    public void Where_the_space_has_no_more_architectures_than_places_every_place_is_filled()
    {
        var space = Tiny.Space with { EncoderFfnDims = [64], EncoderHeads = [2], DecoderLayers = [1], EncoderLayers = [1] };
        var task = Tiny with { Space = space };
        var engine = new EvolutionEngine(task, Options, new FeasibilityChecker(task, new SearchConstraints()));
        for (var state = engine.Start(); !state.Finished; state = Next(engine, state, new Depth(20)))
            Assert.Equal(Options.Population, state.Population.Length);
    }

    [Theory]
    [InlineData(0, 0.5, "race.childrenPerPlace")]
    [InlineData(1001, 0.5, "race.childrenPerPlace")]
    [InlineData(2, 1, "race.confidence")]
    public void Rules_out_of_range_are_named(int perPlace, double confidence, string field) =>
        Assert.Equal(field, Assert.Throws<OptionException>(
            () => (RaceRules.Thrifty with { ChildrenPerPlace = perPlace, ChildConfidence = confidence }).Validated()).Field);

    private LossForecast? After(List<Architecture> scored) => Of([], scored.ConvertAll(_losses.Complete));

    private LossForecast? Of(IEnumerable<LossRecord> examples, IEnumerable<LossRecord> records) =>
        LossForecast.After(Tiny.Space, RaceRules.Thrifty, _losses.Blocks, examples, records, hints: null);

    private static EvolutionEngine Engine(EvolutionOptions options) =>
        new(Tiny, options, new FeasibilityChecker(Tiny, new SearchConstraints()));

    private EvolutionState Next(EvolutionEngine engine, EvolutionState state, IChildForecast children)
    {
        var candidates = engine.Candidates(state);
        var losses = candidates.Expand([.. candidates.Architectures.Select(_losses.Full)]);
        return engine.Next(state, losses, MetricDirection.LowerIsBetter, children: children);
    }

    private static IEnumerable<Architecture> Children(EvolutionEngine engine, EvolutionState state) =>
        state.Population.Skip(engine.Options.Parents).Select(g => engine.Codec.Decode(g.AsSpan()));

    private static List<Architecture> Sample(int count, int seed) => [.. new ArchitectureSampler(Tiny.Space, seed).Distinct(count)];

    // Wants children of few decoder layers.
    private sealed class Depth(int drawn) : IChildForecast
    {
        public int DrawnPerPlace => drawn;

        public IReadOnlyList<double> Of(IReadOnlyList<Architecture> children) => [.. children.Select(c => (double)c.DecoderLayers)];
    }
}
