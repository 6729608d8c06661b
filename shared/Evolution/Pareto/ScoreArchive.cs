using System.Collections.Immutable;
using HsNas.Predictors;

namespace HsNas.Evolution.Pareto;

/// <summary>
/// Every architecture that was scored since the metric last changed, each once, in the order of first scoring. Scores of two
/// metrics cannot be compared, so a change of metric begins a new archive. Part of a search's state; immutable.
/// </summary>
public sealed record ScoreArchive
{
    /// <summary>Name of what was scored.</summary>
    public required string Metric { get; init; }

    /// <summary>Which end of it is good.</summary>
    public required MetricDirection Direction { get; init; }

    /// <summary>Minimised objectives that count as worst: no better than any of the first generation, with a tenth of the range
    /// more.</summary>
    public required ImmutableArray<double> Reference { get; init; }

    /// <summary>The best of each minimised objective in the first generation; with the reference the unit of hypervolumes.</summary>
    public required ImmutableArray<double> Ideal { get; init; }

    /// <summary>Genes as one text each: a character a position, '0' for its first choice, then on in code points.</summary>
    public required ImmutableArray<string> Genes { get; init; }

    /// <summary>The score of each gene.</summary>
    public required ImmutableArray<double> Scores { get; init; }

    /// <summary>The generation in which each was first scored.</summary>
    public required ImmutableArray<int> Generations { get; init; }
}
