using System.Collections.Immutable;

namespace HsNas.Contracts.Fronts;

/// <summary>What a front says to a question with limits.</summary>
public sealed record FrontAnswer
{
    /// <summary>The limits asked for, by id of their constraint.</summary>
    public required ImmutableSortedDictionary<string, double> Limits { get; init; }

    /// <summary>Whether the front knows an architecture that keeps them.</summary>
    public required bool IsKnown { get; init; }

    /// <summary>What the score measures.</summary>
    public required string Metric { get; init; }

    /// <summary>The best-scored point that keeps every limit, by measured values where values are measured; null where none
    /// is known.</summary>
    public FrontPoint? Point { get; init; }

    /// <summary>A better-scored point that keeps the limits by prediction, but was not measured; null where there is none.</summary>
    public FrontPoint? Unmeasured { get; init; }

    /// <summary>What the front does not know, in words; empty where it knows all that was asked.</summary>
    public required IReadOnlyList<string> Unknown { get; init; }
}
