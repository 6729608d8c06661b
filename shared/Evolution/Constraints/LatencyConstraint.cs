using HsNas.Spaces;

namespace HsNas.Evolution.Constraints;

/// <summary>Latency on the search's device: predicted during the search, measured for finalists.</summary>
internal sealed class LatencyConstraint : Constraint
{
    /// <inheritdoc/>
    public override string Id => ConstraintIds.LatencyMs;

    /// <inheritdoc/>
    public override string Name => "latency";

    /// <inheritdoc/>
    public override string Unit => "ms";

    /// <inheritdoc/>
    public override string Description => "Most milliseconds that a sentence may take on the device.";

    /// <inheritdoc/>
    public override bool IsMeasured => true;

    /// <inheritdoc/>
    public override string Objective => "latency";

    /// <inheritdoc/>
    public override string? Missing(ConstraintContext context) => context.Latency is null ? "a latency predictor of the device" : null;

    /// <inheritdoc/>
    public override double Value(Architecture architecture, ConstraintContext context) => context.Latency!.PredictMs(architecture);
}
