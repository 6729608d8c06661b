using HsNas.Spaces;

namespace HsNas.Evolution.Constraints;

/// <summary>A figure of the closed-form cost model; exact.</summary>
internal sealed class CostConstraint(
    string id, string name, string unit, string description, Func<Cost, double> figure, bool alwaysShown = true,
    string? objective = null) : Constraint
{
    /// <inheritdoc/>
    public override string Id => id;

    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override string Unit => unit;

    /// <inheritdoc/>
    public override string Description => description;

    /// <inheritdoc/>
    public override string Objective => objective ?? id;

    /// <inheritdoc/>
    public override bool IsAlwaysShown => alwaysShown;

    /// <inheritdoc/>
    public override double Value(Architecture architecture, ConstraintContext context) => figure(context.Cost.Evaluate(architecture));
}
