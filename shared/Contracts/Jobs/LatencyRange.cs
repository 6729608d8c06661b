namespace HsNas.Contracts.Jobs;

/// <summary>What the worker's <c>probe</c> command writes: the range of latencies in a task's space on this machine.</summary>
/// <param name="FastestMs">Milliseconds a sentence of the smallest architecture.</param>
/// <param name="SlowestMs">Of the largest.</param>
public sealed record LatencyRange(double FastestMs, double SlowestMs);
