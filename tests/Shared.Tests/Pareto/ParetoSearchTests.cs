using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HsNas.Evolution;
using HsNas.Evolution.Constraints;
using HsNas.Evolution.Pareto;
using HsNas.Kernel;
using HsNas.Predictors;
using HsNas.Shared.Tests.Support;
using HsNas.Spaces;

namespace HsNas.Shared.Tests.Pareto;

/// <summary>Whole searches with objectives, in process.</summary>
public sealed class ParetoSearchTests
{
    private static readonly EvolutionOptions Small =
        new() { Iterations = 8, Population = 30, Parents = 6, Mutations = 12, Crossovers = 12, DistinctPopulation = true };

    private static readonly GeneCodec Codec = new(Samples.Tiny.Space);
    private static readonly CostModel Cost = CostModel.For(Samples.Tiny);

    [Theory]
    [InlineData("quality", "gFlops")]
    [InlineData("quality", "gFlopsWithoutLastLayer", "parameters")]
    public void A_search_stored_and_resumed_between_any_two_generations_goes_on_identically(params string[] objectives)
    {
        var straight = Engine(objectives).Start();
        var resumed = straight;
        while (!straight.Finished)
        {
            straight = Step(Engine(objectives), straight);
            var stored = JsonSerializer.Deserialize<EvolutionState>(JsonSerializer.Serialize(resumed, Json.Options), Json.Options)!;
            resumed = Step(Engine(objectives), stored);
            Assert.Equal(Text(straight), Text(resumed));
        }
    }

    [Fact]
    public void The_archive_holds_everything_ever_scored_once_with_its_score_and_generation()
    {
        var engine = Engine("quality", "gFlops");
        var scored = new Dictionary<string, int>();
        for (var state = engine.Start(); !state.Finished;)
        {
            foreach (var a in engine.Candidates(state).Architectures) scored.TryAdd(a.Key, state.Generation);
            state = Step(engine, state);
            var archive = state.Archive!;
            var keys = archive.Genes.Select(g => Decode(g)).ToList();
            Assert.Equal(scored.Keys, keys.Select(a => a.Key));
            Assert.Equal(scored.Values, archive.Generations);
            Assert.Equal(keys.Select(Samples.Quality), archive.Scores);
        }
    }

    [Fact]
    public void Hypervolume_never_falls_while_the_metric_stays_and_starts_anew_with_another()
    {
        var engine = Engine("quality", "gFlops");
        var state = engine.Start();
        while (state.Generation < 5) state = Step(engine, state);
        var volumes = state.Trace.Select(t => t.Hypervolume!.Value).ToList();
        Assert.Equal(volumes.Order(), volumes);
        Assert.InRange(volumes[0], 0.01, 1);
        Assert.True(volumes[^1] > volumes[0]);

        var before = state.Archive!;
        var candidates = engine.Candidates(state);
        double[] losses = [.. candidates.Architectures.Select(a => 50 - Samples.Quality(a))];
        state = engine.Next(state, candidates.Expand(losses), MetricDirection.LowerIsBetter, "loss");
        Assert.Equal(("loss", candidates.Architectures.Count), (state.Archive!.Metric, state.Archive.Genes.Length));
        Assert.NotEqual(Text(before.Reference), Text(state.Archive.Reference));
        Assert.All(state.Archive.Generations, g => Assert.Equal(5, g));
    }

    [Fact]
    public void The_front_of_a_search_is_close_to_the_true_front_of_its_space()
    {
        var engine = Engine("quality", "gFlops");
        var state = engine.Start();
        while (!state.Finished) state = Step(engine, state);
        var random = new ArchitectureSampler(Samples.Tiny.Space, 99).Distinct(20_000);
        var archive = state.Archive!;
        var found = Hypervolume.Of(archive.Genes.Select(g => Point(Decode(g))), archive.Reference);
        var sampled = Hypervolume.Of(random.Select(Point), archive.Reference);
        Assert.True(found > 0.97 * sampled, $"Found {found} with {archive.Genes.Length} scorings, 20,000 random ones give {sampled}.");
    }

    // Hashes of all states before there were objectives.
    [Theory]
    [InlineData("tiny-en-de", true, MetricDirection.LowerIsBetter, "48E0292169694A83")]
    [InlineData("tiny-en-de", false, MetricDirection.HigherIsBetter, "45B3E4631C9844F3")]
    [InlineData("wmt14-en-de", true, MetricDirection.HigherIsBetter, "0DEBA442ED7EDF4C")]
    [InlineData("wmt14-en-de", false, MetricDirection.LowerIsBetter, "EA1B97F8A7F814D5")]
    public void States_of_a_search_without_objectives_stay_byte_for_byte_what_they_were(
        string name, bool distinct, MetricDirection direction, string hash)
    {
        var task = TaskCatalog.Get(name);
        var stop = distinct ? null : new ConvergenceOptions { Patience = 6 };
        var options = new EvolutionOptions { DistinctPopulation = distinct, Seed = 5, Iterations = 12, Convergence = stop };
        var limits = new SearchConstraints { GFlops = name == "tiny-en-de" ? 0.009 : 3.5 };
        var engine = new EvolutionEngine(task, options, new FeasibilityChecker(task, limits));
        var (state, all) = (engine.Start(), "");
        while (!state.Finished)
        {
            all += Text(state) + "\n";
            var candidates = engine.Candidates(state);
            state = engine.Next(state, candidates.Expand([.. candidates.Architectures.Select(Samples.Quality)]), direction, "m");
        }

        all += Text(state) + "\n";
        Assert.Equal(hash, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(all)))[..16]);
    }

    [Fact]
    public void A_state_without_objectives_has_no_trace_of_them()
    {
        var engine = new EvolutionEngine(Samples.Tiny, Small, new FeasibilityChecker(Samples.Tiny, new SearchConstraints()));
        var text = Text(Step(engine, engine.Start()));
        Assert.DoesNotContain("archive", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("hypervolume", text, StringComparison.OrdinalIgnoreCase);
    }

    private static double[] Point(Architecture a) => [-Samples.Quality(a), Cost.Evaluate(a).TotalGFlops];

    private static Architecture Decode(string gene) =>
        Codec.Decode(gene.Select((c, i) => Codec.Layout.Choices[i][c - '0']).ToArray());

    private static EvolutionEngine Engine(params string[] objectives) => new(
        Samples.Tiny, Small, new FeasibilityChecker(Samples.Tiny, new SearchConstraints()),
        new ParetoSelection(Codec, Small, ConstraintSet.BuiltIn.ResolveObjectives(objectives), new ConstraintContext(Samples.Tiny)));

    private static EvolutionState Step(EvolutionEngine engine, EvolutionState state)
    {
        var candidates = engine.Candidates(state);
        return engine.Next(
            state, candidates.Expand([.. candidates.Architectures.Select(Samples.Quality)]), MetricDirection.HigherIsBetter, "quality");
    }

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, Json.Options);
}
