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
        Console.WriteLine("| task, device | fitted on | compared with | just below, % over | largest, % over | all, % over bound | "
            + "too few left, % | size, M |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
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
                + $"{figures.Say(name + " largest", "0.0")} | {figures.Say(name + " all", "0.0")} | "
                + $"{figures.Mean(name + " none"):0} | {figures.Mean(name + " size"):0.0} |");
        }
    }

    private static void Repeat(RepeatedMeans figures, LatencyPredictor predictor, LatencyRecord[] unseen, double? confidence)
    {
        Func<LatencyRecord, double> bound = confidence is { } c ? predictor.BoundMs(c) : predictor.PredictMs;
        var all = Array.ConvertAll(unseen, r => (Record: r, Bound: bound(r), Size: PublishedDevice.Parameters(r)));
        double[] sorted = [.. unseen.Select(r => r.TotalMs).Order()];
        var name = Name(confidence);
        figures.Add(name + " all", 100.0 * all.Count(r => r.Record.TotalMs > r.Bound) / all.Length);
        var searches = Array.ConvertAll(Quantiles, q => sorted[(int)(q * sorted.Length)])
            .Select(limit => (Limit: limit, Kept: all.Where(r => r.Bound <= limit).ToList())).ToList();
        figures.Add(name + " none", 100.0 * searches.Count(s => s.Kept.Count < Finalists) / searches.Count);
        searches.RemoveAll(s => s.Kept.Count < Finalists);
        if (searches.Count == 0) return;
        var near = searches.ConvertAll(s => (s.Limit, Chosen: s.Kept.OrderByDescending(r => r.Bound).Take(Finalists).ToList()));
        var largest = searches.ConvertAll(s => (s.Limit, Chosen: s.Kept.OrderByDescending(r => r.Size).Take(Finalists).ToList()));
        figures.Add(name + " near", near.Average(s => Over(s.Chosen.ConvertAll(r => r.Record), s.Limit)));
        figures.Add(name + " largest", largest.Average(s => Over(s.Chosen.ConvertAll(r => r.Record), s.Limit)));
        figures.Add(name + " size", largest.Average(s => s.Chosen.Average(r => r.Size)));
    }

    private static double Over(List<LatencyRecord> finalists, double limit) =>
        100.0 * finalists.Count(r => r.TotalMs > limit) / finalists.Count;

    private static string Name(double? confidence) => confidence is { } c ? $"bound at {c}" : "prediction";
}
