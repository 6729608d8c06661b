using HsNas.Contracts.Jobs;
using HsNas.GpuWorker.LatencyProbe;
using HsNas.GpuWorker.Supernets;
using HsNas.Predictors.Latency;
using HsNas.Predictors.Mlp;
using HsNas.Spaces;
using TorchSharp;

namespace HsNas.Benchmarks.Runtimes;

/// <summary>Latencies of architectures in one runtime on one processor thread, and the predictor fitted to them.</summary>
/// <param name="Runtime">The runtime.</param>
/// <param name="Milliseconds">One an architecture.</param>
/// <param name="Halves">The same of every other pass, and of the rest: two measurements of the same by the same means.</param>
/// <param name="Predictor">Fitted to all of them.</param>
internal sealed record RuntimeLatencies(
    string Runtime, IReadOnlyList<double> Milliseconds, (IReadOnlyList<double> One, IReadOnlyList<double> Other) Halves,
    LatencyPredictor Predictor)
{
    private const int Runs = 5;
    private const int Beam = 5;
    private const int Passes = 4;

    /// <summary>Milliseconds of the fixed work at the pace that latencies are given at.</summary>
    public required double PaceMs { get; init; }

    /// <summary>Latencies of architectures, with a predictor fitted to them.</summary>
    public static RuntimeLatencies Of(string runtime, TaskDefinition task, IReadOnlyList<Architecture> architectures)
    {
        var series = Measure(runtime, task, architectures);
        var result = series.Result();
        var records = architectures.Zip(
            result.Measurements, (a, m) => LatencyRecord.Of(a, m.EncoderMean, m.DecoderMean, 0, 0)).ToList();
        double[] Half(int which) =>
        [
            .. (series with { Timings = [.. series.Timings.Select(t => t.Where((_, pass) => pass % 2 == which).ToList())] })
                .Result().At(result.Device, result.PaceMs).Measurements.Select(m => m.TotalMean),
        ];
        return new RuntimeLatencies(
            runtime, [.. result.Measurements.Select(m => m.TotalMean)], (Half(0), Half(1)),
            LatencyPredictor.Fit(result.Device, records, seed: 1, MlpTrainingOptions.Default)) { PaceMs = result.PaceMs!.Value };
    }

    /// <summary>Times architectures as a search does, in more passes.</summary>
    public static PacedSeries Measure(string runtime, TaskDefinition task, IReadOnlyList<Architecture> architectures)
    {
        using var model = new SuperTransformer(ModelShape.Of(task));
        using var probe = new PacedProbe(LatencyProbes.Create(runtime, model, task, torch.CPU), task, Beam);
        return PacedSeries.Of(probe, architectures, Passes, Runs);
    }
}
