using HsNas.Spaces;

namespace HsNas.Evolution.Constraints;

/// <summary>The smallest achievable value of each quantity over a space; a limit below it cannot be met.</summary>
/// <param name="LatencyMs">Smallest latency found, or null without a latency predictor. Found by looking at all extreme and many random architectures, so it is an upper bound of the true minimum.</param>
/// <param name="GFlops">Smallest total GFLOPs, exact.</param>
/// <param name="GFlopsWithoutLastLayer">Smallest GFLOPs without the output layer, exact.</param>
/// <param name="ParametersMillions">Smallest model size in millions, exact.</param>
/// <param name="Fastest">The architecture of <paramref name="LatencyMs"/>, or the smallest one where latency is unknown.</param>
public sealed record FeasibilityFloor(double? LatencyMs, double GFlops, double GFlopsWithoutLastLayer, double ParametersMillions, Architecture Fastest);
