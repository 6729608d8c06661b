using HsNas.Spaces;

namespace HsNas.Evolution.Constraints;

/// <summary>The least values that a space offers for what a search limits; a limit below its own cannot be met.</summary>
/// <param name="Least">By id of the constraint.</param>
public sealed record FeasibilityFloor(IReadOnlyDictionary<string, LeastValue> Least);

/// <summary>The least value of a constraint over a space.</summary>
/// <param name="Value">In the constraint's unit.</param>
/// <param name="Architecture">One that has it.</param>
public sealed record LeastValue(double Value, Architecture Architecture);
