using HsNas.Predictors.Latency;
using HsNas.Predictors.Mlp;

namespace HsNas.Benchmarks.Latency;

/// <summary>
/// <c>latency-promise [REPEATS]</c>: how many of 25 finalists are measured above the limit where the search compares it with
/// predictions, and where it compares it with upper bounds. A search is stood in for by choosing among the records that did
/// not fit the predictor, for these are measured: those just below the limit, and those with the most parameters, since the
/// largest under a limit are what searches propose.
/// </summary>
internal static class LatencyPromise
{
    private const int Finalists = 25;
    private static readonly int[] Fitted = [360, 1600];
    private static readonly double[] Quantiles = [0.25, 0.5, 0.75];
    private static readonly double?[] Confidences = [null, 0.9, 0.95];

    public static int Run(int repeats)
    {
        Console.WriteLine($"{repeats} repeats; limits: quantiles {string.Join(", ", Quantiles)} of the latencies that did not fit.");
        Console.WriteLine("| task, device | fitted on | compared with | just below, % over | largest, % over | all, % over bound | size, M |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var device in PublishedDevice.All())
            foreach (var count in Fitted) Device(device, count, repeats);
        return 0;
    }

    private static void Device(PublishedDevice device, int count, int repeats)
    {
        var figures = new RepeatedMeans();
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            var records = device.Shuffled(repeat);
            var predictor = LatencyPredictor.Fit(device.Device, records[..count], repeat, MlpTrainingOptions.Default);
            foreach (var confidence in Confidences) Repeat(figures, predictor, records[count..], confidence);
        }

        foreach (var confidence in Confidences)
        {
            var name = Name(confidence);
            Console.WriteLine($"| {device.Task}, {device.Device} | {count} | {name} | {figures.Say(name + " near", "0.0")} | "
                + $"{figures.Say(name + " largest", "0.0")} | {figures.Say(name + " all", "0.0")} | {figures.Mean(name + " size"):0.0} |");
        }
    }

    private static void Repeat(RepeatedMeans figures, LatencyPredictor predictor, LatencyRecord[] unseen, double? confidence)
    {
        Func<LatencyRecord, double> bound = confidence is { } c ? predictor.BoundMs(c) : predictor.PredictMs;
        var all = Array.ConvertAll(unseen, r => (Record: r, Bound: bound(r), Size: PublishedDevice.Parameters(r)));
        double[] sorted = [.. unseen.Select(r => r.TotalMs).Order()];
        var (near, largest, size) = (0.0, 0.0, 0.0);
        foreach (var quantile in Quantiles)
        {
            var limit = sorted[(int)(quantile * sorted.Length)];
            var kept = all.Where(r => r.Bound <= limit).ToList();
            near += Over([.. kept.OrderByDescending(r => r.Bound).Take(Finalists).Select(r => r.Record)], limit);
            var proposed = kept.OrderByDescending(r => r.Size).Take(Finalists).ToList();
            largest += Over([.. proposed.Select(r => r.Record)], limit);
            size += proposed.Average(r => r.Size);
        }

        var name = Name(confidence);
        figures.Add(name + " near", 100 * near / Quantiles.Length);
        figures.Add(name + " largest", 100 * largest / Quantiles.Length);
        figures.Add(name + " size", size / Quantiles.Length);
        figures.Add(name + " all", 100.0 * all.Count(r => r.Record.TotalMs > r.Bound) / all.Length);
    }

    private static double Over(LatencyRecord[] finalists, double limit) =>
        finalists.Length == 0 ? 0 : (double)finalists.Count(r => r.TotalMs > limit) / finalists.Length;

    private static string Name(double? confidence) => confidence is { } c ? $"bound at {c}" : "prediction";
}
