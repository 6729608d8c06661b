using HsNas.Evolution.Sessions;
using HsNas.Kernel;
using HsNas.Spaces;
using HsNas.Storage;

namespace HsNas.Benchmarks.Fronts;

/// <summary>
/// <c>pareto STORE FOLDER [SEEDS] [SENTENCES]</c>: one search with objectives against five searches with one limit each, on
/// tiny-en-de, by the loss of a supernet. Goal: at most 1.3 times the scorings of one limited search, and no greater loss at any
/// limit. FOLDER keeps the supernet and its losses, so that a second run computes nothing again.
/// </summary>
internal static class ParetoBenchmark
{
    private static readonly double[] Shares = [0.1, 0.3, 0.5, 0.7, 0.9];

    public static async Task<int> RunAsync(string store, string folder, int seeds, int? sentences)
    {
        var task = TaskCatalog.Get("tiny-en-de");
        if (sentences is not null) task = task with { Training = task.Training! with { ScoringSentences = sentences } };
        using var supernet = await BenchmarkSupernet.OpenAsync(new DirectoryArtifactStore(store), task, folder);
        var file = Path.Combine(folder, $"losses-{task.Training!.ScoringSentences}.txt");
        var search = new FrontSearch(task, new LossMemo(file, supernet.Score));
        var limits = search.Limits(Shares);
        var rows = new List<Row>();
        for (var seed = 1; seed <= seeds; seed++)
        {
            rows.Add(await RowAsync(search, seed, limits));
            Console.WriteLine(rows[^1].Text());
        }

        Console.WriteLine($"scorings, one front / one limit: {SeedBootstrap.Describe([.. rows.Select(r => r.Ratio)], "F3")}");
        Console.WriteLine("loss, front - own search, bits: "
            + SeedBootstrap.Describe([.. rows.Select(r => r.Differences.Average())], "F5"));
        for (var i = 0; i < limits.Count; i++)
        {
            var differences = rows.Select(r => r.Differences[i]).ToList();
            var limit = FormattableString.Invariant($"  {limits[i] * 1000:F2} MFLOPs: ");
            Console.WriteLine(limit + SeedBootstrap.Describe(differences, "F5"));
        }

        Console.WriteLine("loss, measured points of the front alone - own search, bits: "
            + SeedBootstrap.Describe([.. rows.Select(r => r.FewDifferences.Average())], "F5"));
        var all = rows.SelectMany(r => r.Differences).ToList();
        Console.WriteLine($"of {all.Count} limits the front is better at {all.Count(d => d < 0)}, equal at {all.Count(d => d == 0)}, "
            + $"worse at {all.Count(d => d > 0)}");
        return 0;
    }

    private static async Task<Row> RowAsync(FrontSearch search, int seed, IReadOnlyList<double> limits)
    {
        var (scorings, found) = await search.ParetoAsync(seed);
        var alone = new List<(int Scorings, double Loss)>();
        foreach (var limit in limits) alone.Add(await search.LimitedAsync(seed, limit));
        return new Row(
            seed, scorings, [.. alone.Select(a => (double)a.Scorings)],
            [.. limits.Select((limit, i) => search.Read(found.Finalists.Front!, limit) - alone[i].Loss)],
            [.. limits.Select((limit, i) => search.Read(found.Finalists.Architectures, limit) - alone[i].Loss)],
            found.Finalists);
    }

    private sealed record Row(
        int Seed, int Scorings, IReadOnlyList<double> Alone, IReadOnlyList<double> Differences, IReadOnlyList<double> FewDifferences,
        FinalistList Found)
    {
        public double Ratio => Scorings / Alone.Average();

        public string Text() => FormattableString.Invariant($"seed {Seed}: front of {Found.Front!.Count} points, {Scorings} scorings; ")
            + $"own searches {string.Join(", ", Alone)}; differences {string.Join(", ", Differences.Select(d => d.ToString("F5")))}; "
            + $"hypervolume {string.Join(", ", Found.Trace.Where(t => t.Generation % 5 == 0).Select(t => $"{t.Hypervolume:F4}"))}";
    }
}
