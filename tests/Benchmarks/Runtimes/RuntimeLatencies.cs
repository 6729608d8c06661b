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
    private const int Runs = 15;
    private const int Beam = 5;
    private const int Passes = 6;
    private const int MostAttempts = 4;

    /// <summary>Latencies of architectures, with a predictor fitted to them.</summary>
    public static RuntimeLatencies Of(string runtime, TaskDefinition task, IReadOnlyList<Architecture> architectures)
    {
        var (device, measured, halves) = Measure(runtime, task, architectures);
        var records = architectures.Zip(measured, (a, m) => LatencyRecord.Of(a, m.EncoderMean, m.DecoderMean, 0, 0)).ToList();
        return new RuntimeLatencies(
            runtime, [.. measured.Select(m => m.TotalMean)], halves,
            LatencyPredictor.Fit(device, records, seed: 1, MlpTrainingOptions.Default));
    }

    /// <summary>
    /// Measures each architecture in some passes, each time between two looks at the machine's pace, where it was steady; the middle one
    /// counts, at the fastest pace seen.
    /// </summary>
    public static (string Device, IReadOnlyList<LatencyMeasurement> Measured, (double[] One, double[] Other) Halves) Measure(
        string runtime, TaskDefinition task, IReadOnlyList<Architecture> architectures)
    {
        using var model = new SuperTransformer(ModelShape.Of(task));
        var probe = LatencyProbes.Create(runtime, model, task, torch.CPU);
        using var other = new SuperTransformer(ModelShape.Of(task));
        var pace = new MachinePace(LatencyProbes.Create(LatencyRuntimes.Torch, other, task, torch.CPU), architectures[0], Beam);
        var taken = architectures.Select(_ => new List<PacedMeasurement>()).ToList();
        var (fastest, before) = (double.MaxValue, pace.Now());
        for (var i = 0; i < Passes * taken.Count; i++)
        {
            for (var attempt = 0; attempt < MostAttempts; attempt++)
            {
                var measured = new PacedMeasurement(probe.Measure(architectures[i % taken.Count], Runs, Beam), before, pace.Now());
                (fastest, before) = (Math.Min(fastest, measured.After), measured.After);
                if (!measured.IsSteady && attempt < MostAttempts - 1) continue;
                taken[i % taken.Count].Add(measured);
                break;
            }
        }

        double[] Half(int which) =>
            [.. taken.Select(m => PacedMeasurement.Median(m.Where((_, pass) => pass % 2 == which), fastest).TotalMean)];
        return (probe.Device, [.. taken.Select(m => PacedMeasurement.Median(m, fastest))], (Half(0), Half(1)));
    }
}
