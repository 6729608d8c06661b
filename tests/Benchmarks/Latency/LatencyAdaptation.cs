using HsNas.Kernel.Statistics;
using HsNas.Predictors.Latency;
using HsNas.Predictors.Mlp;

namespace HsNas.Benchmarks.Latency;

/// <summary>
/// <c>latency-adaptation [REPEATS]</c>: ten measurements of a published device that adapt predictors of others, against
/// predictors made of fresh measurements alone. The En-De and En-Fr spaces are the same, so a device of the one is a source for
/// the other; what the same device knows of the other task is kept apart.
/// </summary>
internal static class LatencyAdaptation
{
    private const int HeldOut = 400;
    private const int Candidates = 400;
    private const double Confidence = 0.9;
    private static readonly int[] Fresh = [AdaptationDesign.Count, 50, 360, 1600];

    public static int Run(int repeats)
    {
        var devices = PublishedDevice.All();
        var predictors = devices.Select(d => LatencyPredictor.Fit(d.Device, d.Records, 1, MlpTrainingOptions.Default)).ToList();
        Console.WriteLine($"{repeats} repeats, {HeldOut} held-out records, ten measurements chosen among {Candidates} records.");
        Console.WriteLine("| task, device | measured | MAPE, % | Kendall tau-b | above the bound of 0.9, % |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var target in devices)
        {
            IReadOnlyList<LatencyPredictor> Sources(Func<PublishedDevice, bool> isSource) =>
                [.. devices.Zip(predictors).Where(p => p.First != target && isSource(p.First)).Select(p => p.Second)];
            Target(target, Sources(d => d.Device != target.Device), Sources(_ => true), repeats);
        }

        return 0;
    }

    private static void Target(
        PublishedDevice target, IReadOnlyList<LatencyPredictor> others, IReadOnlyList<LatencyPredictor> all, int repeats)
    {
        var figures = new RepeatedMeans();
        string[] names =
        [
            "10, adapted from other devices", "10, adapted, the device's other task too", .. Fresh.Select(n => $"{n}, fresh"),
        ];
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            var records = target.Shuffled(repeat);
            var (heldOut, pool) = (records[..HeldOut], records[HeldOut..]);
            Measure(figures, names[0], Adapted(target, others, pool), heldOut, withBound: true);
            Measure(figures, names[1], Adapted(target, all, pool), heldOut, withBound: true);
            foreach (var (name, count) in names[2..].Zip(Fresh))
            {
                var fresh = LatencyPredictor.Fit(target.Device, pool[..count], repeat, count < 100 ? null : MlpTrainingOptions.Default);
                Measure(figures, name, fresh, heldOut, withBound: count > 100);
            }
        }

        foreach (var name in names)
        {
            var bound = name == names[2] || name == names[3] ? "-" : figures.Say(name + " over", "0.0");
            Console.WriteLine($"| {target.Task}, {target.Device} | {name} | {figures.Say(name + " mape", "0.00")} | "
                + $"{figures.Say(name + " tau", "0.000")} | {bound} |");
        }
    }

    private static LatencyPredictor Adapted(PublishedDevice target, IReadOnlyList<LatencyPredictor> sources, LatencyRecord[] pool) =>
        AdaptedLatencyPredictor.Fit(
            target.Device, sources, AdaptationDesign.Choose(sources, pool[..Candidates], (s, r) => s.PredictMs(r)));

    private static void Measure(RepeatedMeans figures, string name, LatencyPredictor predictor, LatencyRecord[] heldOut, bool withBound)
    {
        double[] predicted = [.. heldOut.Select(predictor.PredictMs)], actual = [.. heldOut.Select(r => r.TotalMs)];
        figures.Add(name + " mape", ErrorMeasures.MeanAbsolutePercentage(predicted, actual));
        figures.Add(name + " tau", RankCorrelation.KendallTauB(predicted, actual) ?? 0);
        if (!withBound) return;
        var bound = predictor.BoundMs(Confidence);
        figures.Add(name + " over", 100.0 * heldOut.Count(r => r.TotalMs > bound(r)) / heldOut.Length);
    }
}
