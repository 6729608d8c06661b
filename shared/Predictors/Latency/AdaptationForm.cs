namespace HsNas.Predictors.Latency;

/// <summary>One way to say a new device's latency: by another device's prediction, by decoder depth, or by both.</summary>
/// <param name="Source">The other device; null for depth alone.</param>
/// <param name="UsesDepth">Whether depth has a coefficient of its own: devices differ in what a layer costs beyond its size.</param>
internal sealed record AdaptationForm(LatencyPredictor? Source, bool UsesDepth)
{
    /// <summary>The forms of all sources, fewest coefficients first.</summary>
    public static IEnumerable<AdaptationForm> Of(IReadOnlyList<LatencyPredictor> sources) =>
        [.. sources.Select(s => new AdaptationForm(s, UsesDepth: false)), new AdaptationForm(null, UsesDepth: true),
            .. sources.Select(s => new AdaptationForm(s, UsesDepth: true))];

    /// <summary>Predictions of <paramref name="records"/>, each by a fit on the others, milliseconds.</summary>
    public double[] LeaveOneOut(IReadOnlyList<LatencyRecord> records) => [.. records.Select((record, i) =>
        RobustLeastSquares.Dot(Row(record), Fit([.. records.Where((_, j) => j != i)])))];

    /// <summary>The model fitted on all <paramref name="records"/>.</summary>
    public LatencyModel Model(IReadOnlyList<LatencyRecord> records)
    {
        var fitted = Fit(records);
        // Depth alone is a form that exists: intercept, encoder depth, decoder depth.
        if (Source is null) return new LinearLatencyModel(LatencyModelKind.DepthOnly, [fitted[0], 0, fitted[1]]);
        var data = new LatencyModelData
        {
            Kind = LatencyModelKind.Adapted,
            Coefficients = [fitted[0], fitted[1], UsesDepth ? fitted[2] : 0],
            Source = Source.Data.Model,
            SourceLeastMs = Source.Data.LeastMs,
        };
        return LatencyModel.FromData(data, "adapted latency predictor");
    }

    private double[] Fit(IReadOnlyList<LatencyRecord> records) =>
        RobustLeastSquares.Fit([.. records.Select(Row)], [.. records.Select(r => r.TotalMs)]);

    private double[] Row(LatencyRecord record) => (Source, UsesDepth) switch
    {
        (null, _) => [1, record.DecoderLayers],
        ({ } source, false) => [1, source.PredictMs(record)],
        ({ } source, true) => [1, source.PredictMs(record), record.DecoderLayers],
    };
}
