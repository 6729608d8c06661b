using HsNas.Spaces;

namespace HsNas.Evolution.Constraints;

/// <summary>HAT's optional extra: the decoder may not have more layers than the encoder.</summary>
internal sealed class EncoderDepthConstraint : Constraint
{
    /// <inheritdoc/>
    public override string Id => ConstraintIds.EncoderAtLeastAsDeep;

    /// <inheritdoc/>
    public override string Name => "excess of decoder layers over encoder layers";

    /// <inheritdoc/>
    public override string Description => "The encoder must have at least as many layers as the decoder.";

    /// <inheritdoc/>
    public override bool IsFlag => true;

    /// <inheritdoc/>
    public override double Value(Architecture architecture, ConstraintContext context) =>
        architecture.DecoderLayers - architecture.EncoderLayers;
}
