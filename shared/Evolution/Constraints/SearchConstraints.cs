using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace HsNas.Evolution.Constraints;

/// <summary>
/// Hard limits, by id of their constraint; any number of them at once, all inclusive. The properties are the built-in ones:
/// null means no such limit. In JSON each limit is a field, and a flag is true or false.
/// </summary>
[JsonConverter(typeof(SearchConstraintsConverter))]
public sealed record SearchConstraints
{
    /// <summary>The limit that a flag stands for. Limits given as numbers lie above it.</summary>
    public const double FlagLimit = 0;

    /// <summary>All limits by id.</summary>
    public ImmutableSortedDictionary<string, double> All { get; private init; } =
        ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal);

    /// <summary>Predicted latency in milliseconds on the search's device.</summary>
    public double? LatencyMs { get => this[ConstraintIds.LatencyMs]; init => this[ConstraintIds.LatencyMs] = value; }

    /// <summary>Total GFLOPs, output layer included (Tables 8 and 9).</summary>
    public double? GFlops { get => this[ConstraintIds.GFlops]; init => this[ConstraintIds.GFlops] = value; }

    /// <summary>GFLOPs without the output layer (Tables 2 to 4, 7 and 10).</summary>
    public double? GFlopsWithoutLastLayer
    {
        get => this[ConstraintIds.GFlopsWithoutLastLayer];
        init => this[ConstraintIds.GFlopsWithoutLastLayer] = value;
    }

    /// <summary>Model size in millions of parameters: all layers plus one embedding table of the decoder's width.</summary>
    public double? ParametersMillions
    {
        get => this[ConstraintIds.ParametersMillions];
        init => this[ConstraintIds.ParametersMillions] = value;
    }

    /// <summary>True: the encoder must have at least as many layers as the decoder (HAT's optional extra).</summary>
    public bool EncoderAtLeastAsDeep
    {
        get => this[ConstraintIds.EncoderAtLeastAsDeep] is not null;
        init => this[ConstraintIds.EncoderAtLeastAsDeep] = value ? FlagLimit : null;
    }

    /// <summary>The limit of a constraint; null where there is none.</summary>
    public double? this[string id]
    {
        get => All.TryGetValue(id, out var limit) ? limit : null;
        init => All = value is { } limit ? All.SetItem(id, limit) : All.Remove(id);
    }

    /// <summary>These limits with another one for a constraint; null for none.</summary>
    public SearchConstraints With(string id, double? limit) =>
        this with { All = limit is { } most ? All.SetItem(id, most) : All.Remove(id) };

    /// <summary>Whether the same constraints have the same limits.</summary>
    public bool Equals(SearchConstraints? other) => other is not null && All.SequenceEqual(other.All);

    /// <inheritdoc/>
    public override int GetHashCode() => All.Aggregate(0, (hash, limit) => HashCode.Combine(hash, limit.Key, limit.Value));
}
