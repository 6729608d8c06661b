namespace HsNas.Spaces.Features;

/// <summary>
/// A fixed-length numeric view of an architecture for a regressor. Written values are already divided by
/// <see cref="Normalisers"/>; no method allocates. Implementations are immutable and safe for concurrent use.
/// </summary>
public interface IFeatureEncoding
{
    /// <summary>Identifier stored beside a trained model: "distillation", "latency" or "fine".</summary>
    string Name { get; }

    /// <summary>Number of features.</summary>
    int Count => Names.Count;

    /// <summary>Name of each feature.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Divisor of each feature, derived from the search space; all positive.</summary>
    IReadOnlyList<float> Normalisers { get; }

    /// <summary>
    /// Writes the features of <paramref name="architecture"/> to the first <see cref="Count"/> entries of
    /// <paramref name="destination"/>.
    /// </summary>
    void Write(Architecture architecture, Span<float> destination);
}
