using System.Collections.Immutable;
using System.Text.Json.Serialization;
using HsNas.Evolution.Pareto;
using HsNas.Predictors;

namespace HsNas.Evolution;

/// <summary>
/// Everything a search is between two generations. Serialises to JSON; <see cref="EvolutionEngine.Next"/> applied to it
/// gives the same successor on any machine.
/// </summary>
public sealed record EvolutionState
{
    /// <summary>The generation whose population waits for scores, counted from 1; when finished, the last one scored.</summary>
    public required int Generation { get; init; }

    /// <summary>Genes of the population: parents first (from the second generation on), then mutants, then crossovers.</summary>
    public required ImmutableArray<ImmutableArray<int>> Population { get; init; }

    /// <summary>Genes drawn to fill <see cref="Population"/>, infeasible ones included.</summary>
    public long PopulationAttempts { get; init; }

    /// <summary>Best genes of the last scored population, best first; empty before the first scoring.</summary>
    public ImmutableArray<ImmutableArray<int>> Parents { get; init; } = [];

    /// <summary>The best of the last scored population: the result once the search is finished.</summary>
    public RankedGene? Best { get; init; }

    /// <summary>One entry per scored generation.</summary>
    public ImmutableArray<GenerationTrace> Trace { get; init; } = [];

    /// <summary>True when there is nothing left to score.</summary>
    public bool Finished { get; init; }

    /// <summary>Scorings asked for so far, as counted by <see cref="EvolutionEngine.Candidates"/> of each generation.</summary>
    public long Scorings { get; init; }

    /// <summary>Everything scored so far; null unless the search has objectives (docs/method.md, "Pareto search").</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ScoreArchive? Archive { get; init; }

    /// <summary>Things a reader of the result must know, for example that a bug of the authors' program is replicated.</summary>
    public ImmutableArray<string> Notices { get; init; } = [];
}

/// <summary>A gene and its score.</summary>
/// <param name="Gene">The gene.</param>
/// <param name="Score">In the units of the metric that ranked it.</param>
/// <param name="Generation">Generation in which it was so scored.</param>
public sealed record RankedGene(ImmutableArray<int> Gene, double Score, int Generation);

/// <summary>What happened in one generation.</summary>
/// <param name="Generation">Counted from 1.</param>
/// <param name="Metric">Name of what was scored.</param>
/// <param name="Direction">Which end of it is good.</param>
/// <param name="Best">Best score.</param>
/// <param name="Mean">Mean score of the population.</param>
/// <param name="WorstParent">Score of the last candidate kept.</param>
/// <param name="Distinct">Distinct architectures in the population.</param>
/// <param name="BestKey">Canonical key of the best.</param>
/// <param name="Attempts">Genes drawn to fill the population that was scored.</param>
/// <param name="Work">What the ranking took and who decided; null where no supernet was run.</param>
public sealed record GenerationTrace(
    int Generation, string Metric, MetricDirection Direction, double Best, double Mean, double WorstParent, int Distinct,
    string BestKey, long Attempts,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RankingWork? Work = null)
{
    /// <summary>
    /// Volume that the front of everything scored with this metric dominates, as a share of the box between the best and the
    /// worst of the metric's first generation; it may pass 1. Null unless the search has objectives.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Hypervolume { get; init; }
}
