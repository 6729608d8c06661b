using System.Text.Json;
using HsNas.Evolution;
using HsNas.Evolution.Constraints;
using HsNas.Evolution.Ranking;
using HsNas.Evolution.Sessions;
using HsNas.Kernel;
using HsNas.Kernel.Validation;
using HsNas.Predictors;
using HsNas.Predictors.Latency;
using HsNas.Shared.Tests.Support;
using HsNas.Spaces;

namespace HsNas.Shared.Tests.Search;

public class EvolutionTests
{
    private static readonly EvolutionOptions Small = new(
        ) { Iterations = 8, Population = 30, Parents = 6, Mutations = 12,
        Crossovers = 12 };

    [Fact]
    public async Task The_winner_is_feasible_whatever_the_limits()
    {
        var random = new SeededRandom(21);
        for (var trial = 0; trial < 60; trial++)
        {
            var task = TaskCatalog.BuiltIn[random.Next(TaskCatalog.BuiltIn.Count)];
            var cost = CostModel.For(task);
            var model = cost.Evaluate(new ArchitectureSampler(task.Space, trial).Next());
            var limits = new SearchConstraints
            {
                GFlops = random.NextBool(0.5) ? model.TotalGFlops : null,
                GFlopsWithoutLastLayer = random.NextBool(0.5) ? model.GFlopsWithoutLastLayer : null,
                ParametersMillions = random.NextBool(0.5) ? model.ModelSizeMillions : null,
                LatencyMs = random.NextBool(0.5) ? 10 + (random.Next(5) * 10) : null,
                EncoderAtLeastAsDeep = task.Space.MaxEncoderLayers >= task.Space.MaxDecoderLayers && random.NextBool(0.3),
            };
            var checker = new FeasibilityChecker(task, limits, new DepthLatency());
            var result = await RunAsync(task, Small with { Seed = trial }, checker);
            Assert.Empty(checker.Violations(result.Winner));
            new GeneCodec(task.Space).Validate(result.Winner);
            Assert.Equal(8, result.State.Trace.Length);
        }
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_trace_and_another_seed_another()
    {
        var checker = new FeasibilityChecker(Samples.Wmt, new SearchConstraints { LatencyMs = 35 }, new DepthLatency());
        var first = await RunAsync(Samples.Wmt, Small, checker);
        var again = await RunAsync(Samples.Wmt, Small, checker);
        Assert.Equal(JsonSerializer.Serialize(first), JsonSerializer.Serialize(again));
        var otherSeed = await RunAsync(Samples.Wmt, Small with { Seed = 2 }, checker);
        Assert.NotEqual(JsonSerializer.Serialize(first.State), JsonSerializer.Serialize(otherSeed.State));
    }

    [Fact]
    public void A_search_stored_and_resumed_between_any_two_generations_goes_on_identically()
    {
        var engine = Engine(Small);
        var straight = engine.Start();
        var resumed = engine.Start();
        while (!straight.Finished)
        {
            straight = Step(engine, straight);
            resumed = Step(Engine(Small), JsonSerializer.Deserialize<EvolutionState>(
                JsonSerializer.Serialize(resumed, StrictJson.Options), StrictJson.Options)!);
            Assert.Equal(JsonSerializer.Serialize(straight), JsonSerializer.Serialize(resumed));
        }

        Assert.Throws<InvalidOperationException>(() => Step(engine, straight));
    }

    [Fact]
    public async Task Of_3750_candidates_of_a_published_search_far_fewer_are_scored()
    {
        var checker = new FeasibilityChecker(Samples.Wmt, new SearchConstraints());
        var search = await RunAsync(Samples.Wmt, new EvolutionOptions(), checker);
        Assert.Equal(30, search.State.Trace.Length);
        Assert.Equal(3750, search.State.Trace.Length * search.State.Population.Length);
        Assert.InRange(search.Scored[RankerIds.Distilled], 125, 3025);
        Assert.Empty(search.Finalists.Notices);
    }

    [Fact]
    public async Task A_hybrid_search_ranks_each_generation_by_the_scheduled_metric()
    {
        var loss = new FunctionPredictor("loss", Metrics.ValidationLoss, MetricDirection.LowerIsBetter, a => 10 - Samples.Quality(a));
        var rankers = new HybridRankers(
            new HybridSchedule(2, 4), Small.Iterations, new PredictorRanker(RankerIds.Distilled, Quality),
                new PredictorRanker(RankerIds.Supernet, loss));
        var result = await InProcessSearch.RunAsync(new SearchSession(Engine(Small), rankers));
        Assert.Equal(
            Enumerable.Range(1, 8).Select(g => g is >= 2 and <= 4 ? Metrics.ValidationBleu : Metrics.ValidationLoss),
            result.State.Trace.Select(t => t.Metric));
        Assert.Equal(10 - Samples.Quality(result.Winner), result.Score);
    }

    [Fact]
    public async Task Parents_are_the_best_and_open_the_next_population()
    {
        var engine = Engine(Small);
        var state = engine.Start();
        var next = Step(engine, state);
        var scores = state.Population.Select(g => Samples.Quality(engine.Codec.Decode(g.AsSpan()))).ToList();
        Assert.Equal(scores.OrderDescending().Take(6), next.Parents.Select(g => Samples.Quality(engine.Codec.Decode(g.AsSpan()))));
        Assert.Equal(next.Parents.AsEnumerable(), next.Population.Take(6));
        var result = await RunAsync(Samples.Wmt, Small, new FeasibilityChecker(Samples.Wmt, new SearchConstraints()));
        Assert.True(result.State.Trace[^1].Best > result.State.Trace[0].Best);
        Assert.Equal(result.Score, result.State.Trace[^1].Best);
    }

    [Fact]
    public void Impossible_limits_are_refused_at_once_with_what_is_possible()
    {
        var checker = new FeasibilityChecker(Samples.Wmt, new SearchConstraints { LatencyMs = 5 }, new DepthLatency());
        var error = Assert.Throws<InfeasibleSearchException>(checker.EnsurePossible);
        Assert.Contains(
            "latency limit 5 ms cannot be met: the least any architecture of this space needs is 10 ms", error.Message,
            StringComparison.Ordinal);
        var least = error.Floor.Least[ConstraintIds.LatencyMs];
        Assert.Equal((10, 1), (least.Value, least.Architecture.DecoderLayers));
        var size = new FeasibilityChecker(Samples.Wmt, new SearchConstraints { ParametersMillions = 1 });
        Assert.Contains(
            "model size limit 1 M parameters", Assert.Throws<InfeasibleSearchException>(size.EnsurePossible).Message,
            StringComparison.Ordinal);
        Assert.Contains("latency predictor", Assert.Throws<OptionException>(() => new FeasibilityChecker(Samples.Wmt,
            new SearchConstraints { LatencyMs = 5 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_nearly_infeasible_space_ends_in_a_clear_failure_after_bounded_attempts()
    {
        var least = new FeasibilityChecker(Samples.Wmt, new SearchConstraints { GFlops = 100 }).Floor.Least[ConstraintIds.GFlops];
        var checker = new FeasibilityChecker(Samples.Wmt, new SearchConstraints { GFlops = least.Value });
        checker.EnsurePossible();
        var engine = new EvolutionEngine(Samples.Wmt, Small with { MaxAttempts = 20_000 }, checker);
        var error = Assert.Throws<InfeasibleSearchException>(engine.Start);
        Assert.Contains("of 30 feasible architectures found in 20,000 attempts", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_are_validated_with_field_value_and_range()
    {
        string Refuse(EvolutionOptions options) => Assert.Throws<OptionException>(options.Validated).Message;
        Assert.Contains(
            "population is 124; expected 125, which is parents 25 + mutations 50 + crossovers 50",
            Refuse(new EvolutionOptions { Population = 124 }), StringComparison.Ordinal);
        Assert.Contains(
            "mutationProbability is 1.5; expected 0 to 1", Refuse(new EvolutionOptions { MutationProbability = 1.5 }),
            StringComparison.Ordinal);
        Assert.Contains(
            "mutationProbability is NaN", Refuse(new EvolutionOptions { MutationProbability = double.NaN }), StringComparison.Ordinal);
        Assert.Contains("iterations is 0", Refuse(new EvolutionOptions { Iterations = 0 }), StringComparison.Ordinal);
        Assert.Contains("two distinct parents", Refuse(new EvolutionOptions { Parents = 1, Mutations = 74 }), StringComparison.Ordinal);
        Assert.Contains("constraints.gFlops is -1",
            Assert.Throws<OptionException>(() => ConstraintSet.BuiltIn.Resolve(new SearchConstraints { GFlops = -1 })).Message,
                StringComparison.Ordinal);
        Assert.Contains(
            "schedule.end is 31; expected 1 to 30", Assert.Throws<OptionException>(() => new HybridSchedule(1, 31).Validated(30)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "schedule.start is 0; expected 1 to 30, or -1",
            Assert.Throws<OptionException>(() => new HybridSchedule(0, 3).Validated(30)).Message, StringComparison.Ordinal);
        Assert.False(HybridSchedule.Never.Validated(30).IsDistilled(1));
        Assert.Equal(new HybridSchedule(1, 15), HybridSchedule.FirstHalf(30));
    }

    [Fact]
    public void Scores_that_are_not_finite_or_too_few_are_named()
    {
        var engine = Engine(Small);
        var state = engine.Start();
        var scores = Enumerable.Repeat(1.0, 30).ToArray();
        scores[4] = double.NaN;
        Assert.Contains(
            "[4] is NaN", Assert.Throws<DataFormatException>(() => engine.Next(state, scores, MetricDirection.HigherIsBetter)).Message,
            StringComparison.Ordinal);
        Assert.Contains("count is 29; expected 30", Assert.Throws<DataFormatException>(() => engine.Next(state, scores[..29],
            MetricDirection.HigherIsBetter)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ties_keep_the_order_of_the_population()
    {
        var engine = Engine(Small);
        var state = engine.Start();
        var next = engine.Next(state, new double[30], MetricDirection.LowerIsBetter);
        Assert.Equal(state.Population.Take(6), next.Parents.AsEnumerable());
    }

    [Fact]
    public async Task A_converged_search_stops_early_but_not_before_it_may()
    {
        var constant = new FunctionPredictor("constant", Metrics.ValidationBleu, MetricDirection.HigherIsBetter, _ => 1);
        var checker = new FeasibilityChecker(Samples.Wmt, new SearchConstraints());
        Task<FinishedSearch> Search(ConvergenceOptions stop) =>
            RunAsync(Samples.Wmt, Small with { Iterations = 30, Convergence = stop }, checker, constant);
        var stopped = await Search(new ConvergenceOptions { Patience = 3 });
        Assert.Equal(4, stopped.State.Generation);
        Assert.Equal(
            ["The search stopped after generation 4 of 30: the best score had not improved for 3 generations."], stopped.Finalists.Notices);
        Assert.Equal(20, (await Search(new ConvergenceOptions { Patience = 3, EarliestGeneration = 20 })).State.Generation);
    }

    [Fact]
    public void Distinct_populations_hold_no_architecture_twice()
    {
        var space = Samples.Tiny.Space with { EncoderFfnDims = [64], EncoderHeads = [2] };
        var task = Samples.Tiny with { Space = space };
        var engine = new EvolutionEngine(
            task, Small with { DistinctPopulation = true }, new FeasibilityChecker(task, new SearchConstraints()));
        for (var state = engine.Start(); !state.Finished; state = Step(engine, state))
        {
            Assert.Equal(30, engine.Candidates(state).Architectures.Count);
        }
    }

    [Fact]
    public void Distinct_populations_stay_distinct_when_the_search_has_converged()
    {
        // A score that few architectures maximise draws all parents together; crossovers of like parents are repeats.
        var options = Small with { Iterations = 40, DistinctPopulation = true };
        var engine = new EvolutionEngine(Samples.Tiny, options, new FeasibilityChecker(Samples.Tiny, new SearchConstraints()));
        var codec = new GeneCodec(Samples.Tiny.Space);
        EvolutionState state;
        for (state = engine.Start(); !state.Finished; state = Step(engine, state))
        {
            Assert.Equal(options.Population, engine.Candidates(state).Architectures.Count);
        }

        Assert.Equal(options.Parents, state.Parents.Select(g => codec.Decode(g.AsSpan()).Key).Distinct().Count());
    }

    private static readonly FunctionPredictor Quality = new(
        "quality", Metrics.ValidationBleu, MetricDirection.HigherIsBetter, Samples.Quality);

    private static Task<FinishedSearch> RunAsync(
        TaskDefinition task, EvolutionOptions options, FeasibilityChecker checker, IPerformancePredictor? predictor = null)
    {
        var ranker = new PredictorRanker(RankerIds.Distilled, predictor ?? Quality);
        var rankers = new HybridRankers(new HybridSchedule(1, options.Iterations), options.Iterations, ranker, supernet: null);
        return InProcessSearch.RunAsync(new SearchSession(new EvolutionEngine(task, options, checker), rankers));
    }

    private static EvolutionEngine Engine(EvolutionOptions options) =>
        new(Samples.Wmt, options, new FeasibilityChecker(Samples.Wmt, new SearchConstraints()));

    private static EvolutionState Step(
        EvolutionEngine engine, EvolutionState state, MetricDirection direction = MetricDirection.HigherIsBetter)
    {
        var candidates = engine.Candidates(state);
        return engine.Next(state, candidates.Expand([.. candidates.Architectures.Select(Samples.Quality)]), direction);
    }

    private sealed class FunctionPredictor(
        string name, string metric, MetricDirection direction, Func<Architecture,
        double> value) : SynchronousPredictor
    {
        public override string Name => name;

        public override string Metric => metric;

        public override MetricDirection Direction => direction;

        public override string Fingerprint => name;

        public override Prediction Predict(Architecture architecture) => new(value(architecture), Extrapolating: false);
    }

    private sealed class DepthLatency : ILatencyPredictor
    {
        public string Device => "test";

        public double PredictMs(Architecture architecture) => 10 * architecture.DecoderLayers;
    }
}
