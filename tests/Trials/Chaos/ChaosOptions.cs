namespace HsNas.Trials.Chaos;

/// <summary>What a chaos trial does.</summary>
public sealed record ChaosOptions
{
    /// <summary>kill -9s to make, 1 to 10,000; searches are started as long as some are left.</summary>
    public required int Kills { get; init; }

    /// <summary>Searches at a time, 1 to 32.</summary>
    public int Searches { get; init; } = 3;

    /// <summary>Seed of the searches and of what is done to them.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>How long one search may take before it counts as stuck.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(10);
}
