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
    /// <exception cref="OptionException">An option is out of range.</exception>
    public EvolutionEngine(TaskDefinition task, EvolutionOptions options, FeasibilityChecker feasibility)
    {
        Options = options.Validated();
        Codec = new GeneCodec(task.Space);
        _feasibility = feasibility;
    }

    /// <summary>The validated options.</summary>
    public EvolutionOptions Options { get; }

    /// <summary>The codec of the task's space.</summary>
    public GeneCodec Codec { get; }

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
        new([.. state.Population.Select(g => Codec.Decode(g.AsSpan()))]);

    /// <summary>The state after the population was scored: finished, or holding the next population.</summary>
    /// <param name="state">A state that is not finished.</param>
    /// <param name="scores">One finite score per gene of the population (see <see cref="CandidateSet.Expand"/>).</param>
    /// <param name="direction">Which end of the scores is good.</param>
    /// <param name="metric">Name of the metric, for the trace and the convergence stop.</param>
    /// <param name="work">What the ranking took, for the trace; null where no supernet was run.</param>
    /// <exception cref="DataFormatException">Wrong number of scores, or one that is not finite; names its index.</exception>
    /// <exception cref="InfeasibleSearchException">Too few feasible children were found.</exception>
    public EvolutionState Next(
        EvolutionState state, IReadOnlyList<double> scores, MetricDirection direction, string metric = "", RankingWork? work = null)
    {
        Check(state, scores);
        var order = Options.DistinctPopulation
            ? TruncationSelection.SelectDistinct(
                scores, [.. state.Population.Select(g => Codec.Decode(g.AsSpan()).Key)], direction, Options.Parents)
            : TruncationSelection.Select(scores, direction, Options.Parents);
        var parents = order.Select(i => state.Population[i]).ToImmutableArray();
        var candidates = Candidates(state);
        var trace = new GenerationTrace(
            state.Generation, metric, direction, scores[order[0]], scores.Average(), scores[order[^1]], candidates.Architectures.Count,
            Codec.Decode(state.Population[order[0]].AsSpan()).Key, state.PopulationAttempts, work);
        var scored = state with
        {
            Parents = parents,
            Best = new RankedGene(state.Population[order[0]], scores[order[0]], state.Generation),
            Trace = state.Trace.Add(trace),
            Scorings = state.Scorings + candidates.Architectures.Count,
        };
        return Termination.IsOver(scored.Trace, Options)
            ? Finish(scored)
            : WithPopulation(scored with { Generation = state.Generation + 1 }, Breed(parents, state.Generation + 1));
    }

    private BroodBuilder Breed(ImmutableArray<ImmutableArray<int>> parents, int generation)
    {
        var brood = new BroodBuilder(Codec, _feasibility, Options);
        brood.Keep(parents);

        var sampler = new ArchitectureSampler(Codec.Space, Random(generation, "immigrants"));
        var mutation = new UniformMutation(Codec.Layout, Options.MutationProbability);
        var random = Random(generation, "mutation");
        brood.Fill(
            Options.Mutations, "mutation",
            gene => mutation.Mutate(parents[random.Next(parents.Length)].AsSpan(), gene, random), sampler.Next);

        random = Random(generation, "crossover");
        brood.Fill(Options.Crossovers, "crossover", gene =>
        {
            var mother = random.Next(parents.Length);
            var father = random.Next(parents.Length - 1);
            father += father >= mother ? 1 : 0;
            UniformCrossover.Cross(parents[mother].AsSpan(), parents[father].AsSpan(), gene, random);
        }, sampler.Next);
        return brood;
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

    private SeededRandom Random(int generation, string purpose) => SeededRandom.For(Options.Seed, generation, purpose);
}
