using System.Collections.Immutable;
using HsNas.Evolution.Pareto;
using HsNas.Predictors;
using HsNas.Spaces;

namespace HsNas.Evolution;

/// <summary>
/// How parents are chosen from a scored generation: an axis of variation of <see cref="EvolutionEngine"/>. A choice is a
/// function of its arguments alone, so that a generation can run anywhere and again. Safe for concurrent use.
/// </summary>
public interface IParentSelection
{
    /// <summary>
    /// Of how many of the best-scored candidates the choice depends on the exact scores. A ranker may spare the others, as
    /// long as it ranks them below.
    /// </summary>
    /// <param name="candidates">Candidates of the generation.</param>
    int Decisive(int candidates);

    /// <summary>The parents of the next generation.</summary>
    ParentChoice Choose(ScoredGeneration scored);

    /// <summary>What a run ends with whose last generation led to this choice.</summary>
    RunEnd End(ParentChoice last);
}

/// <summary>A generation with its scores.</summary>
/// <param name="State">The state whose population was scored.</param>
/// <param name="Architectures">What each gene of the population denotes.</param>
/// <param name="Scores">One finite score per gene.</param>
/// <param name="Direction">Which end of the scores is good.</param>
/// <param name="Metric">Name of the metric.</param>
public sealed record ScoredGeneration(
    EvolutionState State, IReadOnlyList<Architecture> Architectures, IReadOnlyList<double> Scores, MetricDirection Direction, string Metric)
{
    /// <summary>A gene of the population with its score.</summary>
    public RankedGene this[int index] => new(State.Population[index], Scores[index], State.Generation);
}

/// <summary>Chosen parents.</summary>
/// <param name="Parents">As many as the options ask for where there are so many; best score first, not empty.</param>
/// <param name="Archive">What a selection has to remember for the next generation; null where it remembers nothing.</param>
/// <param name="Hypervolume">How good the front is; null where the selection knows no front.</param>
public sealed record ParentChoice(ImmutableArray<RankedGene> Parents, ScoreArchive? Archive = null, double? Hypervolume = null)
{
    /// <summary>Of each parent the indices of those it is crossed with, at least one; null where it is any other.</summary>
    public ImmutableArray<ImmutableArray<int>>? Partners { get; init; }
}

/// <summary>What a finished run ends with.</summary>
/// <param name="Finalists">Distinct architectures, best score first: those that are measured.</param>
/// <param name="Front">The whole front, best score first, of which the finalists are a part; null where the selection knows no
/// front.</param>
public sealed record RunEnd(IReadOnlyList<RankedGene> Finalists, IReadOnlyList<RankedGene>? Front = null);
