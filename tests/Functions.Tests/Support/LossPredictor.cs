using HsNas.Predictors;
using HsNas.Spaces;
using HsNas.Tests.Support;

namespace HsNas.Functions.Tests.Support;

/// <summary>The losses that <see cref="ScoringWorker"/> computes, on the whole text and in this process.</summary>
internal sealed class LossPredictor : SynchronousPredictor
{
    private readonly MadeUpLosses _losses = new();

    public override string Name => "losses";

    public override string Metric => Metrics.ValidationLoss;

    public override MetricDirection Direction => MetricDirection.LowerIsBetter;

    public override string Fingerprint => "losses";

    public override Prediction Predict(Architecture architecture) => new(_losses.Full(architecture), Extrapolating: false);
}
