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
/// <param name="Halves">The fastest of every other pass, and of the rest: two measurements of the same by the same means.</param>
/// <param name="Predictor">Fitted to all of them.</param>
internal sealed record RuntimeLatencies(
    string Runtime, IReadOnlyList<double> Milliseconds, (IReadOnlyList<double> One, IReadOnlyList<double> Other) Halves,
    LatencyPredictor Predictor)
{
    private const int Runs = 15;
    private const int Beam = 5;
    private const int Passes = 6;

    /// <summary>Latencies of architectures, with a predictor fitted to them.</summary>
    public static RuntimeLatencies Of(string runtime, TaskDefinition task, IReadOnlyList<Architecture> architectures)
    {
        var (device, measured, halves) = Measure(runtime, task, architectures);
        var records = architectures.Zip(measured, (a, m) => LatencyRecord.Of(a, m.EncoderMean, m.DecoderMean, 0, 0)).ToList();
        return new RuntimeLatencies(
            runtime, [.. measured.Select(m => m.TotalMean)], halves,
            LatencyPredictor.Fit(device, records, seed: 1, MlpTrainingOptions.Default));
    }

    /// <summary>Measures each architecture in some passes; the fastest one counts.</summary>
    public static (string Device, IReadOnlyList<LatencyMeasurement> Measured, (double[] One, double[] Other) Halves) Measure(
        string runtime, TaskDefinition task, IReadOnlyList<Architecture> architectures)
    {
        using var model = new SuperTransformer(ModelShape.Of(task));
        var probe = LatencyProbes.Create(runtime, model, task, torch.CPU);
        var fastest = new LatencyMeasurement?[architectures.Count];
        double[][] halves = [new double[fastest.Length], new double[fastest.Length]];
        foreach (var half in halves) Array.Fill(half, double.MaxValue);
        for (var i = 0; i < Passes * fastest.Length; i++)
        {
            var at = i % fastest.Length;
            var measured = probe.Measure(architectures[at], Runs, Beam);
            var half = halves[i / fastest.Length % 2];
            half[at] = Math.Min(half[at], measured.TotalMean);
            if (fastest[at] is not { } known || measured.TotalMean < known.TotalMean) fastest[at] = measured;
        }

        return (probe.Device, [.. fastest.Select(m => m!)], (halves[0], halves[1]));
    }
}
