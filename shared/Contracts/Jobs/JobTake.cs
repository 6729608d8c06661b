namespace HsNas.Contracts.Jobs;

/// <summary>A job that was taken once more, because the worker that had it died or was cut off.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Delivery">The how-manieth delivery it was, from 2.</param>
public sealed record JobTake(DateTimeOffset At, int Delivery);
