using System.Globalization;
using HsNas.Evolution.Racing;

namespace HsNas.Benchmarks.SearchWork;

internal static class SearchWorkBenchmark
{
    public static async Task<int> RunAsync(string folder, string[] args)
    {
        var work = await WorkTask.PrepareAsync(args[0], folder, Path.Combine(folder, "..", "..", "data", "seeds"));
        using var memo = new BlockMemo(work.Supernet.Blocks, Path.Combine(folder, "..", $"search-work-{args[0]}.tsv"));
        var seeds = args[1].Split(',').Select(long.Parse).ToList();
        var full = new Dictionary<(bool, bool), List<double>>();
        foreach (var text in args.Skip(2))
        {
            // hybrid|hat : distinct|any : full | confidence,surrogate,hints,calib,blocks,examples
            var p = text.Split(':');
            RaceRules? rules = null; var hints = false;
            if (p[2] != "full")
            {
                var q = p[2].Split(',').Select(x => double.Parse(x, CultureInfo.InvariantCulture)).ToArray();
                rules = new RaceRules(q[0] > 0 ? [q[0]] : RaceRules.Thrifty.Confidences, q[1] > 0) { Calibration = (int)q[3], BlocksPerRound = (int)q[4], MostExamples = (int)q[5], BestConfidence = q[6], Budget = q[7] > 0 ? q[7] : null };
                hints = q[2] > 0;
            }
            var v = new WorkVariant(text, p[0] == "hybrid", p[1] == "distinct", rules, hints);
            var losses = new List<double>(); var shares = new List<double>();
            var start = Environment.CpuUsage.TotalTime;
            foreach (var seed in seeds)
            {
                var o = await v.RunAsync(work, memo, seed);
                losses.Add(o.Loss); shares.Add(o.Share);
                if (Environment.GetEnvironmentVariable("VERBOSE") != null)
                foreach (var t in o.Search.State.Trace) if (t.Work is { } w) Console.WriteLine($"  {t.Generation}: best {t.Best:F4} eval {w.SentenceEvaluations / (double)memo.Sentences:F1} new {w.NewlyScored} arch {w.ByArchitecture} first {w.ByFirstBlocks} full {w.InFull}");
            }
            if (rules is null) full[(v.Hybrid, v.Distinct)] = losses;
            var diff = full.TryGetValue((v.Hybrid, true), out var f) ? string.Join(' ', losses.Zip(f, (a, b) => $"{(a - b) * 1e4:F0}")) : "";
            Console.WriteLine($"{text}: share {100 * shares.Average():F2} % loss {losses.Average():F5} diff e-4 [{diff}] cpu {(Environment.CpuUsage.TotalTime - start).TotalSeconds:F1}");
        }
        return 0;
    }
}
