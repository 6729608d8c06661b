using HsNas.Predictors.Latency;
using HsNas.Spaces;

namespace HsNas.Benchmarks.Shared;

/// <summary>A ridge predictor fitted on invented, plausible measurements, so that benchmarks need no data file.</summary>
internal static class MadeUpLatency
{
    public static LatencyPredictor Predictor(TaskDefinition task) => LatencyPredictor.Fit(
        "made-up",
        [.. new ArchitectureSampler(task.Space, 3).Distinct(300).Select(a => LatencyRecord.Of(
            a, 5 + (a.EncoderEmbedDim / 320.0), a.DecoderLayers * (30 + (a.DecoderFfnDims.Average() / 200)), 0.1, 0.1))],
        seed: 1);
}
