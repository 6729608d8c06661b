using System.Collections.Immutable;
using System.Text.Json.Serialization;
using HsNas.Predictors;
using HsNas.Spaces;

namespace HsNas.Contracts.Fronts;

/// <summary>The front that a search with objectives ended with (docs/method.md, "Pareto search").</summary>
public sealed record Front
{
    /// <summary>The objectives of the request, in its order.</summary>
    public required IReadOnlyList<string> Objectives { get; init; }

    /// <summary>What scores measure: the metric of the last generation.</summary>
    public required string Metric { get; init; }

    /// <summary>Which end of scores is good.</summary>
    public required MetricDirection Direction { get; init; }

    /// <summary>All points, best score first; those that fell behind when measured are among them and say so.</summary>
    public required IReadOnlyList<FrontPoint> Points { get; init; }

    /// <summary>The knee: the winner of the search. Null where no measured point keeps the limits.</summary>
    [JsonIgnore]
    public FrontPoint? Knee => Points.FirstOrDefault(p => p.IsKnee);

    /// <summary>How much better the score of one point is than that of another; in the metric's unit, negative where worse.</summary>
    public double Gain(FrontPoint one, FrontPoint other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return Direction == MetricDirection.HigherIsBetter ? one.Score - other.Score : other.Score - one.Score;
    }
}

/// <summary>A point of a front.</summary>
public sealed record FrontPoint
{
    /// <summary>The subtransformer.</summary>
    public required Architecture Architecture { get; init; }

    /// <summary>Its exact score, in the front's metric.</summary>
    public required double Score { get; init; }

    /// <summary>Values by id of their constraint: exact ones, and measured ones where the point was measured.</summary>
    public required ImmutableSortedDictionary<string, double> Values { get; init; }

    /// <summary>What the search took for the values of measured constraints.</summary>
    public required ImmutableSortedDictionary<string, double> Predictions { get; init; }

    /// <summary>Whether it was among the finalists, so that its measured values are there.</summary>
    public bool IsMeasured { get; init; }

    /// <summary>Whether another measured point is as good in every objective and better in one, by measured values.</summary>
    public bool IsDominated { get; init; }

    /// <summary>Whether it is the knee of the front.</summary>
    public bool IsKnee { get; init; }

    /// <summary>Limits of the search that its values break, in words.</summary>
    public IReadOnlyList<string> Violations { get; init; } = [];

    /// <summary>Whether it can be an answer: no measured value speaks against it.</summary>
    [JsonIgnore]
    public bool Stands => !IsDominated && Violations.Count == 0;
}
