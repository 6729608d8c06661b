using HsNas.Spaces;

namespace HsNas.Evolution.Constraints;

/// <summary>A limit of a search. <see cref="IsKeptBy(double)"/> is the one comparison of values with limits.</summary>
/// <param name="Constraint">What is limited.</param>
/// <param name="Most">The largest value allowed, in the constraint's unit.</param>
public readonly record struct Limit(Constraint Constraint, double Most)
{
    /// <summary>Whether a value is at most the limit. A value that is not a number keeps no limit.</summary>
    public bool IsKeptBy(double value) => value <= Most;

    /// <summary>Whether an architecture's value is at most the limit.</summary>
    public bool IsKeptBy(Architecture architecture, ConstraintContext context) => IsKeptBy(Constraint.Value(architecture, context));

    /// <summary>A sentence on how <paramref name="value"/> breaks the limit; null where it does not.</summary>
    /// <param name="value">In the constraint's unit.</param>
    /// <param name="measured">Whether the value was measured instead of computed.</param>
    public string? Violation(double value, bool measured = false) =>
        IsKeptBy(value)
            ? null
            : $"{(measured ? "measured " : "")}{Constraint.Name} {Constraint.Say(value)} is above the limit {Constraint.Say(Most)}";
}
