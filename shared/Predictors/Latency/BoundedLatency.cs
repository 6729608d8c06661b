using HsNas.Spaces;

namespace HsNas.Predictors.Latency;

/// <summary>
/// Upper bounds in the place of predictions: a search that limits them keeps its limit at their confidence. Made by
/// <see cref="LatencyPredictor.AtConfidence"/>.
/// </summary>
internal sealed class BoundedLatency(LatencyPredictor predictor, LatencyFactors factors) : ILatencyPredictor
{
    /// <inheritdoc/>
    public string Device => predictor.Device;

    /// <inheritdoc/>
    public double PredictMs(Architecture architecture) => predictor.PredictMs(architecture) * factors.Of(architecture.DecoderLayers);
}
