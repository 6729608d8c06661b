namespace HsNas.Predictors.Latency;

/// <summary>Intercept, another device's prediction and decoder depth, each times its coefficient.</summary>
internal sealed class AdaptedLatencyModel(LatencyModelData data, LatencyModel source) : LatencyModel
{
    private const int DecoderDepth = 5;

    public override LatencyModelKind Kind => LatencyModelKind.Adapted;

    public override double Predict(ReadOnlySpan<float> features) => data.Coefficients[0]
        + (data.Coefficients[1] * Math.Max(data.SourceLeastMs, source.Predict(features))) + (data.Coefficients[2] * features[DecoderDepth]);

    public override LatencyModelData ToData() => data;
}
