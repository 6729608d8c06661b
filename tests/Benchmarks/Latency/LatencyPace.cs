using System.Globalization;
using HsNas.Benchmarks.Shared;
using HsNas.Contracts.Jobs;
using HsNas.GpuWorker.Hosting;
using HsNas.GpuWorker.LatencyProbe;
using HsNas.GpuWorker.Supernets;
using HsNas.Predictors.Latency;
using HsNas.Predictors.Mlp;
using HsNas.Spaces;

namespace HsNas.Benchmarks.Latency;

/// <summary>
/// <c>latency-pace TASK [ARCHITECTURES [DEVICE]]</c>: how well latencies repeat on this machine, as the clock gives them (the fastest of
/// three passes) and beside fixed work. Everything is measured twice, one time after the other, and both ways alternate within a time.
/// </summary>
internal static class LatencyPace
{
    private const int Passes = 3;
    private const int Runs = 5;
    private const int Beam = 5;
    private const int Splits = 5;

    public static int Run(string name, int count, string on)
    {
        if (!Devices.TryParse(on, out var device, out var problem))
        {
            Console.Error.WriteLine(problem);
            return 2;
        }

        var task = TaskCatalog.Get(name);
        var architectures = new ArchitectureSampler(task.Space, 1).Distinct(count);
        using var model = new SuperTransformer(ModelShape.Of(task));
        var probe = LatencyProbes.Create(LatencyRuntimes.Torch, model, task, device);
        var (first, second) = (Measure(probe, task, architectures), Measure(probe, task, architectures));
        var (one, other) = (first.Paced.Result(), second.Paced.Result());
        other = other.At(one.Device, one.PaceMs);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name} on {on}, {count} architectures, {Passes} passes of {Runs} calls; the second time at "
                + $"{other.PaceShare:P0} of the first one's fastest pace."));
        Console.WriteLine("| measured | predictor's held-out error, % | second time by first, median | beyond that they differ by, % |");
        Console.WriteLine("|---|---|---|---|");
        Row("by the clock, the fastest pass", architectures, first.Clock, second.Clock);
        Row("beside fixed work, the median", architectures, one.Measurements, other.Measurements);
        return 0;
    }

    private static (LatencyMeasurement[] Clock, PacedSeries Paced) Measure(
        ILatencyProbe probe, TaskDefinition task, IReadOnlyList<Architecture> architectures)
    {
        using var paced = new PacedProbe(probe, task, Beam);
        var series = PacedSeries.Start(probe.Device, architectures.Count);
        var clock = new LatencyMeasurement[architectures.Count];
        for (var i = 0; i < Passes * clock.Length; i++)
        {
            ref var fastest = ref clock[i % clock.Length];
            var measured = probe.Measure(architectures[i % clock.Length], Runs, Beam);
            if (fastest is null || measured.TotalMean < fastest.TotalMean) fastest = measured;
            series.Next(paced, architectures, Runs, CancellationToken.None);
        }

        return (clock, series);
    }

    private static void Row(
        string label, IReadOnlyList<Architecture> architectures, IReadOnlyList<LatencyMeasurement> first,
        IReadOnlyList<LatencyMeasurement> second)
    {
        double[] ratios = [.. first.Zip(second, (f, s) => s.TotalMean / f.TotalMean).Order()];
        var level = ratios[ratios.Length / 2];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {label} | {Error(architectures, first):F1}, {Error(architectures, second):F1} | {level:F3} "
                + $"| {100 * ratios.Average(r => Math.Abs((r / level) - 1)):F1} |"));
    }

    private static double Error(IReadOnlyList<Architecture> architectures, IReadOnlyList<LatencyMeasurement> measured)
    {
        var records = architectures.Zip(measured, (a, m) => LatencyRecord.Of(a, m.EncoderMean, m.DecoderMean, 0, 0)).ToList();
        return Enumerable.Range(1, Splits).Average(s => LatencyPredictor.Fit("here", records, s, MlpTrainingOptions.Default).Score.Mape);
    }
}
