using System.Collections.Immutable;
using System.Globalization;
using HsNas.Evolution.Constraints;
using HsNas.Kernel;
using HsNas.Kernel.Validation;
using HsNas.Predictors;
using HsNas.Spaces;

namespace HsNas.Evolution;

/// <summary>
/// Algorithm 1 as a pure function from state and scores to state, so that each generation can run anywhere and again.
/// Every draw comes from a generator seeded by search seed, generation and purpose. Safe for concurrent use.
/// </summary>
/// <remarks>
/// All of a population is scored each generation, parents too: when the metric changes in mid-search, the parents carried
/// over are ranked by the new one. The result is the best of the last scored population.
/// </remarks>
public sealed class EvolutionEngine
{
    private readonly FeasibilityChecker _feasibility;

    /// <summary>An engine for one search.</summary>
    /// <param name="task">Supplies the space.</param>
    /// <param name="options">Settings.</param>
    /// <param name="feasibility">The limits.</param>
    /// <param name="selection">How parents are chosen; the best by score where null.</param>
    /// <exception cref="OptionException">An option is out of range.</exception>
    public EvolutionEngine(
        TaskDefinition task, EvolutionOptions options, FeasibilityChecker feasibility, IParentSelection? selection = null)
    {
        Options = options.Validated();
        Codec = new GeneCodec(task.Space);
        _feasibility = feasibility;
        Selection = selection ?? new TruncationSelection(Codec, Options);
    }

    /// <summary>The validated options.</summary>
    public EvolutionOptions Options { get; }

    /// <summary>The codec of the task's space.</summary>
    public GeneCodec Codec { get; }

    /// <summary>How parents are chosen.</summary>
    public IParentSelection Selection { get; }

    /// <summary>The first population: uniform over the feasible genes.</summary>
    /// <exception cref="InfeasibleSearchException">Too few feasible genes were found.</exception>
    public EvolutionState Start()
    {
        var sampler = new ArchitectureSampler(Codec.Space, Random(1, "initial population"));
        var brood = new BroodBuilder(Codec, _feasibility, Options);
        brood.Fill(Options.Population, "initial population", sampler.Next);
        return WithPopulation(new EvolutionState { Generation = 1, Population = [] }, brood);
    }

    /// <summary>What has to be scored of the state's population.</summary>
    public CandidateSet Candidates(EvolutionState state) =>
        new([.. state.Population.Select(Decode)]);

    /// <summary>The state after the population was scored: finished, or holding the next population.</summary>
    /// <param name="state">A state that is not finished.</param>
    /// <param name="scores">One finite score per gene of the population (see <see cref="CandidateSet.Expand"/>).</param>
    /// <param name="direction">Which end of the scores is good.</param>
    /// <param name="metric">Name of the metric, for the trace and the convergence stop.</param>
    /// <param name="work">What the ranking took, for the trace; null where no supernet was run.</param>
    /// <param name="children">Chooses among children; null: every child that is drawn gets a place.</param>
    /// <exception cref="DataFormatException">Wrong number of scores, or one that is not finite; names its index.</exception>
    /// <exception cref="InfeasibleSearchException">Too few feasible children were found.</exception>
    public EvolutionState Next(
        EvolutionState state, IReadOnlyList<double> scores, MetricDirection direction, string metric = "", RankingWork? work = null,
        IChildForecast? children = null) =>
        Advance(state, scores, direction, metric, work, children).Next;

    /// <summary>As <see cref="Next"/>, and what the search ends with; null where that state is not finished.</summary>
    internal (EvolutionState Next, RunEnd? End) Advance(
        EvolutionState state, IReadOnlyList<double> scores, MetricDirection direction, string metric, RankingWork? work,
        IChildForecast? children)
    {
        Check(state, scores);
        var generation = new ScoredGeneration(state, [.. state.Population.Select(Decode)], scores, direction, metric);
        var choice = Selection.Choose(generation);
        var (best, worst) = (choice.Parents[0], choice.Parents[^1]);
        var distinct = new CandidateSet(generation.Architectures).Architectures.Count;
        var trace = new GenerationTrace(
            state.Generation, metric, direction, best.Score, scores.Average(), worst.Score, distinct, Decode(best.Gene).Key,
            state.PopulationAttempts, work)
        {
            Hypervolume = choice.Hypervolume,
        };
        var scored = state with
        {
            Parents = [.. choice.Parents.Select(p => p.Gene)],
            Best = best,
            Archive = choice.Archive,
            Trace = state.Trace.Add(trace),
            Scorings = state.Scorings + distinct,
        };
        return Termination.IsOver(scored.Trace, Options)
            ? (Finish(scored), Selection.End(choice))
            : (WithPopulation(scored with { Generation = state.Generation + 1 }, Breed(choice, state.Generation + 1, children)), null);
    }

    private BroodBuilder Breed(ParentChoice choice, int generation, IChildForecast? forecast)
    {
        ImmutableArray<ImmutableArray<int>> parents = [.. choice.Parents.Select(p => p.Gene)];
        var brood = new BroodBuilder(Codec, _feasibility, Options);
        brood.Keep(parents);

        var sampler = new ArchitectureSampler(Codec.Space, Random(generation, "immigrants"));
        var mutation = new UniformMutation(Codec.Layout, Options.MutationProbability);
        var random = Random(generation, "mutation");
        brood.Fill(
            Options.Mutations, "mutation",
            gene => mutation.Mutate(parents[random.Next(parents.Length)].AsSpan(), gene, random), sampler.Next, forecast);

        random = Random(generation, "crossover");
        brood.Fill(Options.Crossovers, "crossover", gene =>
        {
            var mother = random.Next(parents.Length);
            var father = choice.Partners is { } partners ? partners[mother][random.Next(partners[mother].Length)] : Other(mother);
            UniformCrossover.Cross(parents[mother].AsSpan(), parents[father].AsSpan(), gene, random);
        }, sampler.Next, forecast);
        return brood;

        int Other(int mother)
        {
            var father = random.Next(parents.Length - 1);
            return father + (father >= mother ? 1 : 0);
        }
    }

    private static EvolutionState WithPopulation(EvolutionState state, BroodBuilder brood) =>
        state with { Population = [.. brood.Accepted], PopulationAttempts = brood.Attempts };

    private static void Check(EvolutionState state, IReadOnlyList<double> scores)
    {
        if (state.Finished)
        {
            throw new InvalidOperationException($"The search finished with generation {state.Generation}; there is nothing left to score.");
        }

        if (scores.Count != state.Population.Length)
        {
            throw new DataFormatException("scores", "count", $"{scores.Count}", $"{state.Population.Length}, one per candidate");
        }

        for (var i = 0; i < scores.Count; i++)
        {
            if (!double.IsFinite(scores[i]))
            {
                throw new DataFormatException("scores", $"[{i}]", scores[i].ToString(CultureInfo.InvariantCulture), "a finite number");
            }
        }
    }

    private EvolutionState Finish(EvolutionState scored) => scored with
    {
        Finished = true,
        Notices = scored.Generation == Options.Iterations ? scored.Notices : scored.Notices.Add(Stopped(scored.Generation)),
    };

    private string Stopped(int generation) =>
        $"The search stopped after generation {generation} of {Options.Iterations}: "
        + $"the best score had not improved for {Options.Convergence!.Patience} generations.";

    private Architecture Decode(ImmutableArray<int> gene) => Codec.Decode(gene.AsSpan());

    private SeededRandom Random(int generation, string purpose) => SeededRandom.For(Options.Seed, generation, purpose);
}
