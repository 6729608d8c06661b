using HsNas.Spaces;

namespace HsNas.Contracts.Requests;

/// <summary>A candidate that was scored in full, and that no other such candidate beats in both loss and cost.</summary>
/// <param name="Architecture">The candidate.</param>
/// <param name="LossBits">Its supernet loss on the whole text, bits per token.</param>
/// <param name="LatencyMs">Its predicted latency; null where the search has no latency predictor.</param>
/// <param name="GFlops">GFLOPs of a sentence, output layer included: the cost where latency is not known.</param>
public sealed record ScoredPoint(Architecture Architecture, double LossBits, double? LatencyMs, double GFlops);
