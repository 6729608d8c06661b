namespace HsNas.Predictors.Mlp;

/// <summary>Brings a model's predictions back to the scale of its labels: a rank loss leaves their scale open.</summary>
public static class LabelScale
{
    /// <summary>
    /// The model whose predictions are a + b times those of <paramref name="model"/>, by least squares on what it was fitted to;
    /// the model itself where that would not keep their order.
    /// </summary>
    /// <param name="model">A trained model.</param>
    /// <param name="predicted">Its predictions.</param>
    /// <param name="labels">The labels of the same rows.</param>
    public static MlpModel Fit(MlpModel model, IReadOnlyList<double> predicted, IReadOnlyList<double> labels)
    {
        ArgumentNullException.ThrowIfNull(model);
        var (meanPredicted, meanLabel) = (predicted.Average(), labels.Average());
        var variance = predicted.Average(p => (p - meanPredicted) * (p - meanPredicted));
        var covariance = predicted.Zip(labels, (p, l) => (p - meanPredicted) * (l - meanLabel)).Average();
        var slope = covariance / variance;
        if (!(slope > 0) || !double.IsFinite(slope)) return model;
        return new MlpModel(
            model.FeatureEncoding, model.Layers, meanLabel + (slope * (model.LabelMean - meanPredicted)), slope * model.LabelScale);
    }
}
