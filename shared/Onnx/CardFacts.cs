namespace HsNas.Onnx;

/// <summary>What a model's files do not say about it; null where it is not known.</summary>
/// <param name="Search">The search that found it.</param>
/// <param name="Limits">The limits that it was searched under, by their names, with units.</param>
/// <param name="Latencies">What was measured or predicted, by what it is, with units.</param>
/// <param name="Licence">Licence of the weights, as the exporter names it.</param>
public sealed record CardFacts(
    string? Search = null, IReadOnlyDictionary<string, string>? Limits = null, IReadOnlyDictionary<string, string>? Latencies = null,
    string? Licence = null);
