using System.Collections.Immutable;
using HsNas.Contracts.Jobs;
using HsNas.Evolution.Constraints;
using HsNas.Spaces;

namespace HsNas.Contracts.Requests;

/// <summary>
/// A finalist. <see cref="Values"/> and <see cref="Predictions"/> hold its figures by id of their constraint. The properties
/// named after a figure are the fields that results had before; reading them fills the two.
/// </summary>
public sealed record Finalist
{
    private static readonly ImmutableSortedDictionary<string, double> None = ImmutableSortedDictionary.Create<string,
        double>(StringComparer.Ordinal);

    /// <summary>The subtransformer.</summary>
    public required Architecture Architecture { get; init; }

    /// <summary>Of the last generation, in the units of its metric.</summary>
    public required double Score { get; init; }

    /// <summary>Total GFLOPs, output layer included.</summary>
    public double? GFlops { get => Find(Values, ConstraintIds.GFlops); init => Values = Set(Values, ConstraintIds.GFlops, value); }

    /// <summary>GFLOPs without the output layer.</summary>
    public double? GFlopsWithoutLastLayer
    {
        get => Find(Values, ConstraintIds.GFlopsWithoutLastLayer);
        init => Values = Set(Values, ConstraintIds.GFlopsWithoutLastLayer, value);
    }

    /// <summary>Model size in millions.</summary>
    public double? ParametersMillions
    {
        get => Find(Values, ConstraintIds.ParametersMillions);
        init => Values = Set(Values, ConstraintIds.ParametersMillions, value);
    }

    /// <summary>Predicted latency; null without a latency predictor.</summary>
    public double? PredictedMs { get => Find(Predictions, ConstraintIds.LatencyMs); init =>
        Predictions = Set(Predictions, ConstraintIds.LatencyMs, value); }

    /// <summary>
    /// What the search compared with the latency limit: the upper bound of the prediction. Null without a confidence.
    /// </summary>
    public double? PredictedBoundMs { get; init; }

    /// <summary>Measured latency.</summary>
    public LatencyMeasurement? Measured
    {
        get;
        init
        {
            field = value;
            Values = Set(Values, ConstraintIds.LatencyMs, value?.TotalMean);
        }
    }

    /// <summary>Limits broken by the values, in words; empty for a possible winner.</summary>
    public IReadOnlyList<string> Violations { get; init; } = [];

    /// <summary>What limits are compared with: the measured value where a constraint is measured, the computed one elsewhere.</summary>
    public ImmutableSortedDictionary<string, double> Values { get; init; } = None;

    /// <summary>What the search took for the values of measured constraints.</summary>
    public ImmutableSortedDictionary<string, double> Predictions { get; init; } = None;

    /// <summary>The value of a constraint; null where it is not known.</summary>
    public double? Value(Constraint constraint)
    {
        ArgumentNullException.ThrowIfNull(constraint);
        return Find(Values, constraint.Id);
    }

    /// <summary>What the search predicted for a measured constraint; null where there is no prediction.</summary>
    public double? Prediction(Constraint constraint)
    {
        ArgumentNullException.ThrowIfNull(constraint);
        return Find(Predictions, constraint.Id);
    }

    private static double? Find(ImmutableSortedDictionary<string, double> figures, string id) =>
        figures.TryGetValue(id, out var value) ? value : null;

    private static ImmutableSortedDictionary<string,
        double> Set(ImmutableSortedDictionary<string, double> figures, string id, double? value) =>
        value is { } known ? figures.SetItem(id, known) : figures.Remove(id);
}
