using System.Globalization;
using HsNas.Benchmarks.Fronts;
using HsNas.Contracts.Requests;
using HsNas.Evolution.Racing;

namespace HsNas.Benchmarks.SearchWork;

/// <summary>
/// <c>search-work STORE TASK [SEEDS]</c>: what searches spend on scoring and what they find, over seeds 1 to SEEDS (10): HS-NAS and
/// HAT's search, in full, by races alone and with the surrogate, with distinct populations and without. One search of each is run
/// once more with nothing remembered, for its processor seconds. <c>search-losses STORE TASK SEED</c> runs the searches of one seed
/// and remembers their losses, so that processes can share the work; the files are joined by <c>cat</c>.
/// </summary>
internal static class SearchWorkBenchmark
{
    private static readonly WorkVariant[] Variants =
    [
        .. new[] { true, false }.SelectMany(hybrid => new WorkVariant[]
        {
            new(ScoringModes.Full, hybrid, Distinct: true, Rules: null),
            new(ScoringModes.Race, hybrid, Distinct: true, RaceRules.SameParents),
            new(ScoringModes.Surrogate, hybrid, Distinct: true, RaceRules.Thrifty, Hints: hybrid),
            new(ScoringModes.Full, hybrid, Distinct: false, Rules: null),
            new(ScoringModes.Surrogate, hybrid, Distinct: false, RaceRules.Thrifty, Hints: hybrid),
        }),
    ];

    public static async Task<int> RunAsync(string folder, string name, int seeds)
    {
        var work = await WorkTask.PrepareAsync(name, folder);
        using var memo = new BlockMemo(work.Supernet.Blocks, Path.Combine(folder, $"search-work-{name}.tsv"));
        Console.WriteLine($"{name}: {memo.Blocks.Count} blocks, {memo.Sentences} sentences, seeds 1 to {seeds}");
        Console.WriteLine("| search | populations | scoring | sentence evaluations, % | loss, bits "
            + "| loss minus full, 1e-4 bits (90 % interval) | CPU s |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        var same = new List<string>();
        foreach (var variants in Variants.GroupBy(v => v.Hybrid))
        {
            List<WorkOutcome> full = [];
            foreach (var variant in variants)
            {
                var outcomes = new List<WorkOutcome>();
                for (var seed = 1; seed <= seeds; seed++) outcomes.Add(await variant.RunAsync(work, memo, seed));
                if (full.Count == 0) full = outcomes;
                Console.WriteLine(Row(variant, outcomes, full, await SecondsAsync(variant, work)));
                if (variant.Rules == RaceRules.SameParents) same.Add(await SameParents.OfAsync(work, memo, variant, seeds));
            }
        }

        foreach (var line in same) Console.WriteLine(line);
        return 0;
    }

    public static async Task<int> LossesAsync(string folder, string name, int seed)
    {
        var work = await WorkTask.PrepareAsync(name, folder);
        using var memo = new BlockMemo(work.Supernet.Blocks, Path.Combine(folder, $"search-work-{name}-{seed}.tsv"));
        foreach (var variant in Variants.OrderBy(v => v.Hybrid))
        {
            var start = Environment.CpuUsage.TotalTime;
            await variant.RunAsync(work, memo, seed);
            var seconds = (Environment.CpuUsage.TotalTime - start).TotalSeconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{(variant.Hybrid ? "HS-NAS" : "HAT")} {variant.Name} {variant.Distinct} seed {seed}: {seconds:F1} CPU s"));
        }

        return 0;
    }

    private static async Task<double> SecondsAsync(WorkVariant variant, WorkTask work)
    {
        var path = Path.GetTempFileName();
        using var nothing = new BlockMemo(work.Supernet.Blocks, path);
        var start = Environment.CpuUsage.TotalTime;
        await variant.RunAsync(work, nothing, seed: 1);
        File.Delete(path);
        return (Environment.CpuUsage.TotalTime - start).TotalSeconds;
    }

    private static string Row(WorkVariant variant, List<WorkOutcome> outcomes, List<WorkOutcome> full, double seconds)
    {
        double[] differences = [.. outcomes.Zip(full, (o, f) => 1e4 * (o.Loss - f.Loss))];
        return string.Create(CultureInfo.InvariantCulture, $"| {(variant.Hybrid ? "HS-NAS" : "HAT")} "
            + $"| {(variant.Distinct ? "distinct" : "with repeats")} | {variant.Name} | {100 * outcomes.Average(o => o.Share):F2} "
            + $"| {outcomes.Average(o => o.Loss):F5} | {SeedBootstrap.Describe(differences, "F1")} | {seconds:F1} |");
    }
}
