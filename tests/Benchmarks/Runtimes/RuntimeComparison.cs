using System.Globalization;
using HsNas.Benchmarks.Fronts;
using HsNas.Benchmarks.Shared;
using HsNas.Contracts.Jobs;
using HsNas.Evolution;
using HsNas.Evolution.Sessions;
using HsNas.Kernel.Statistics;
using HsNas.Spaces;

namespace HsNas.Benchmarks.Runtimes;

/// <summary>
/// <c>runtimes TASK [ARCHITECTURES [VOCABULARY [LENGTH]]]</c>: how differently torch, ONNX Runtime and its 8-bit form rank architectures
/// by latency, and what a search gains in each when it is told that the model will run there. Searches are ranked by the distilled
/// predictor alone.
/// A smaller vocabulary and shorter dummy sentences make a large space cheap enough for a small machine; its widths and depths stay.
/// </summary>
internal static class RuntimeComparison
{
    private const int Ranked = 30;
    private static readonly double[] Shares = [0.2, 0.35, 0.5, 0.65, 0.8];
    private static readonly double[] Factors = [1, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6];

    public static async Task<int> RunAsync(string name, int count, int? vocabulary, int? length)
    {
        var whole = TaskCatalog.Get(name);
        var task = whole with
        {
            VocabularySize = vocabulary ?? whole.VocabularySize,
            ProfileSourceLength = length ?? whole.ProfileSourceLength,
            ProfileTargetLength = length ?? whole.ProfileTargetLength,
        };
        var search = new RuntimeSearch(task, SeedDistillation.Of(whole));
        var architectures = new ArchitectureSampler(task.Space, 1).Distinct(count);
        var runtimes = LatencyRuntimes.All.Select(r => RuntimeLatencies.Of(r, task, architectures)).ToList();
        Console.WriteLine($"{name}: {count} architectures in each runtime, the first {Ranked} ranked.");
        Console.WriteLine(
            "| runtime | ms, least to most | tau-b with itself, of other passes | with torch | with onnx | with onnx-int8 "
            + "| predictor's held-out error, % |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var runtime in runtimes) Console.WriteLine(Row(runtime, runtimes));
        foreach (var other in runtimes.Skip(1))
        {
            Console.WriteLine(
                $"| limit in torch, ms | winner for torch: ms in {other.Runtime} "
                + $"| winner for {other.Runtime} at equal predicted BLEU: ms there | ratio |");
            Console.WriteLine("|---|---|---|---|");
            var ratios = new List<double>();
            foreach (var share in Shares) ratios.Add(await PairAsync(search, runtimes[0], other, task, share));
            Console.WriteLine($"ratio over {Shares.Length} limits: {SeedBootstrap.Describe([.. ratios], "F3")}");
        }

        return 0;
    }

    private static string Row(RuntimeLatencies runtime, IReadOnlyList<RuntimeLatencies> all)
    {
        var taus = all.Select(o => Tau(runtime.Milliseconds, o.Milliseconds)).Prepend(Tau(runtime.Halves.One, runtime.Halves.Other));
        return string.Create(CultureInfo.InvariantCulture,
            $"| {runtime.Runtime} | {runtime.Milliseconds.Min():F2} to {runtime.Milliseconds.Max():F2} "
            + $"| {string.Join(" | ", taus.Select(t => $"{t:F3}"))} | {runtime.Predictor.Score.Mape:F1} |");
    }

    private static double? Tau(IReadOnlyList<double> one, IReadOnlyList<double> other) =>
        RankCorrelation.KendallTauB([.. one.Take(Ranked)], [.. other.Take(Ranked)]);

    private static async Task<double> PairAsync(
        RuntimeSearch search, RuntimeLatencies torch, RuntimeLatencies other, TaskDefinition task, double share)
    {
        var limit = torch.Milliseconds.Order().ElementAt((int)(share * (torch.Milliseconds.Count - 1)));
        var forTorch = (await search.WinnerAsync(torch.Predictor, limit))!;
        var most = other.Predictor.PredictMs(forTorch.Architecture);
        RankedArchitecture best = forTorch;
        foreach (var factor in Factors)
        {
            if (await search.WinnerAsync(other.Predictor, factor * most) is not { } found || found.Score < forTorch.Score) break;
            best = found;
        }

        var both = RuntimeLatencies.Measure(other.Runtime, task, [forTorch.Architecture, best.Architecture]).Result();
        both = both.At(both.Device, other.PaceMs);
        double[] measured = [.. both.Measurements.Select(m => m.TotalMean)];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| {limit:F2} | {measured[0]:F2} | {measured[1]:F2} | {measured[1] / measured[0]:F3} |"));
        return measured[1] / measured[0];
    }
}
