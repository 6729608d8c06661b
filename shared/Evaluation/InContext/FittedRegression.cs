using HsNas.Predictors;
using HsNas.Spaces;

namespace HsNas.Evaluation.InContext;

/// <summary>A regression chosen and fitted by <see cref="InContextRegression"/>. Immutable; safe for concurrent use.</summary>
public sealed class FittedRegression
{
    private const double LeastBleu = 0;

    private readonly RegressionFeatureSet _features;
    private readonly KernelRegression _regression;
    private readonly CostModel? _cost;

    internal FittedRegression(RegressionFeatureSet features, KernelModel model, KernelRegression regression, double heldOutError,
        DemonstratedRange range, CostModel? cost)
    {
        _features = features;
        _regression = regression;
        _cost = cost;
        Choice = $"{model.Name} on {features.Name}";
        HeldOutError = heldOutError;
        Range = range;
    }

    /// <summary>What leave-one-out chose, for example "ridge(0.3) on decoder layers, GFLOPs".</summary>
    public string Choice { get; }

    /// <summary>Mean squared error over the left-out demonstrations, in squared BLEU.</summary>
    public double HeldOutError { get; }

    /// <summary>Where the demonstrations lay; predictions are bounded by it.</summary>
    public DemonstratedRange Range { get; }

    /// <summary>Predicted BLEU, never negative and bounded by <see cref="DemonstratedRange.Saturate"/>.</summary>
    /// <param name="architecture">The subtransformer.</param>
    /// <param name="gflops">Its total GFLOPs, to the precision of the demonstrations'.</param>
    public double Predict(Architecture architecture, double gflops) => Range.Saturate(
        _regression.Predict(_features.Extract(new RegressionInput(architecture, gflops, _cost?.Evaluate(architecture)))), LeastBleu);

    /// <summary>As <see cref="Predict(Architecture, double)"/> with GFLOPs from the task's cost model.</summary>
    /// <exception cref="InvalidOperationException">The regression was fitted without a cost model.</exception>
    public double Predict(Architecture architecture)
    {
        var cost = _cost
            ?? throw new InvalidOperationException("This regression was fitted from a prompt alone: state the architecture's GFLOPs.");
        return Predict(architecture, cost.Evaluate(architecture).TotalGFlops);
    }
}
