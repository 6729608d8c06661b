using System.Text.Json;
using HsNas.Evolution;
using HsNas.Evolution.Constraints;
using HsNas.Kernel;
using HsNas.Predictors;
using HsNas.Shared.Tests.Support;
using HsNas.Spaces;

namespace HsNas.Shared.Tests.Pareto;

/// <summary>What every way of choosing parents keeps.</summary>
public sealed class ParentSelectionContractTests
{
    private static readonly EvolutionOptions Small =
        new() { Iterations = 6, Population = 30, Parents = 6, Mutations = 12, Crossovers = 12 };

    public static TheoryData<string, bool, MetricDirection> All()
    {
        var all = new TheoryData<string, bool, MetricDirection>();
        foreach (var name in new[] { "truncation", "pareto" })
            foreach (var distinct in new[] { true, false })
                foreach (var direction in Enum.GetValues<MetricDirection>()) all.Add(name, distinct, direction);
        return all;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void As_many_parents_are_chosen_as_were_asked_for_the_best_first(string name, bool distinct, MetricDirection direction)
    {
        foreach (var generation in Generations(name, distinct, direction))
        {
            var parents = Selection(name, distinct).Choose(generation).Parents;
            Assert.Equal(Small.Parents, parents.Length);
            var scores = parents.Select(p => p.Score).ToList();
            Assert.Equal(direction == MetricDirection.HigherIsBetter ? scores.OrderDescending() : scores.Order(), scores);
            var best = direction == MetricDirection.HigherIsBetter ? generation.Scores.Max() : generation.Scores.Min();
            Assert.Equal(best, scores[0]);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Parents_have_the_scores_that_they_were_given(string name, bool distinct, MetricDirection direction)
    {
        foreach (var generation in Generations(name, distinct, direction))
        {
            Assert.All(
                Selection(name, distinct).Choose(generation).Parents,
                p => Assert.Equal(Score(Codec.Decode(p.Gene.AsSpan()), direction), p.Score));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_choice_is_a_function_of_the_stored_generation(string name, bool distinct, MetricDirection direction)
    {
        foreach (var generation in Generations(name, distinct, direction))
        {
            var stored = JsonSerializer.Deserialize<EvolutionState>(Text(generation.State), Json.Options)!;
            Assert.Equal(
                Text(Selection(name, distinct).Choose(generation)),
                Text(Selection(name, distinct).Choose(generation with { State = stored })));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Finalists_are_distinct_architectures_and_the_best_comes_first(string name, bool distinct, MetricDirection direction)
    {
        foreach (var generation in Generations(name, distinct, direction))
        {
            var selection = Selection(name, distinct);
            var choice = selection.Choose(generation);
            var (finalists, front) = selection.End(choice);
            Assert.Equal(finalists.Count, finalists.DistinctBy(f => Codec.Decode(f.Gene.AsSpan()).Key).Count());
            Assert.Equal(choice.Parents[0].Score, finalists[0].Score);
            Assert.Subset((front ?? finalists).Select(f => Text(f)).ToHashSet(), finalists.Select(f => Text(f)).ToHashSet());
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Candidates_behind_the_decisive_ones_may_have_any_scores_that_are_worse(
        string name, bool distinct, MetricDirection direction)
    {
        foreach (var generation in Generations(name, distinct, direction))
        {
            var selection = Selection(name, distinct);
            var order = Enumerable.Range(0, generation.Scores.Count)
                .OrderBy(i => direction == MetricDirection.HigherIsBetter ? -generation.Scores[i] : generation.Scores[i]);
            var keys = order.Select(i => generation.Architectures[i].Key).Distinct().ToList();
            var spared = keys.Skip(selection.Decisive(keys.Count)).ToHashSet();
            var far = direction == MetricDirection.HigherIsBetter ? -1000 : 1000;
            double[] scores = [.. generation.Scores.Select((s, i) => spared.Contains(generation.Architectures[i].Key) ? s + far : s)];
            if (!distinct) continue;
            var changed = generation with { Scores = scores };
            Assert.Equal(Text(selection.Choose(generation).Parents), Text(selection.Choose(changed).Parents));
        }
    }

    private static GeneCodec Codec { get; } = new(Samples.Tiny.Space);

    private static IParentSelection Selection(string name, bool distinct)
    {
        var options = Small with { DistinctPopulation = distinct };
        return name == "pareto"
            ? new ParetoSelection(Codec, options, ConstraintSet.BuiltIn.ResolveObjectives(["quality", "gFlops"]), new(Samples.Tiny))
            : new TruncationSelection(Codec, options);
    }

    private static List<ScoredGeneration> Generations(string name, bool distinct, MetricDirection direction)
    {
        var options = Small with { DistinctPopulation = distinct };
        var engine = new EvolutionEngine(
            Samples.Tiny, options, new FeasibilityChecker(Samples.Tiny, new SearchConstraints()), Selection(name, distinct));
        var generations = new List<ScoredGeneration>();
        for (var state = engine.Start(); !state.Finished; state = engine.Next(state, generations[^1].Scores, direction, "m"))
        {
            var architectures = state.Population.Select(g => Codec.Decode(g.AsSpan())).ToList();
            generations.Add(new(state, architectures, [.. architectures.Select(a => Score(a, direction))], direction, "m"));
        }

        return generations;
    }

    private static double Score(Architecture a, MetricDirection direction) =>
        direction == MetricDirection.HigherIsBetter ? Samples.Quality(a) : 100 - Samples.Quality(a);

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, Json.Options);
}
