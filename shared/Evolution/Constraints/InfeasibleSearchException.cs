namespace HsNas.Evolution.Constraints;

/// <summary>No architecture, or none that could be found within the allowed attempts, satisfies the limits.</summary>
public sealed class InfeasibleSearchException(string message, FeasibilityFloor floor) : Exception(message)
{
    /// <summary>The least the space can do with.</summary>
    public FeasibilityFloor Floor { get; } = floor;
}
