using System.Collections.Immutable;
using System.Text.Json;
using HsNas.Contracts.Requests;
using HsNas.Contracts.Sweeps;

namespace HsNas.Reporting.Sweeps;

/// <summary>Mean and standard deviation of runs that differ in nothing but the seed, as the seeds of the paper's Table 7.</summary>
internal static class SeedStatistics
{
    private const int FewestSeeds = 2;

    /// <summary>Two rows for each group of runs, in the order of their first runs; none of a group of one.</summary>
    public static IReadOnlyList<SweepSeedsRow> Of(
        IEnumerable<(SweptRow Row, SweepLine? Line)> lines, Func<SweepRow, JsonElement?[]> values, string[] axes)
    {
        var seed = Array.IndexOf(axes, SearchFields.Seed.Path);
        return seed < 0 ? [] : [.. lines.Where(l => l.Line is not null)
            .GroupBy(l => (Seedless(l.Row.Row.Request), l.Line!.Algorithm)).Where(g => g.Count() >= FewestSeeds)
            .SelectMany(g => Rows([.. g.Select(l => l.Line!)], Shared(values(g.First().Row.Row), seed)))];
    }

    private static string Seedless(SearchRequest request) =>
        SweepRow.Canonical(request with { Evolution = request.Evolution with { Seed = 0 } });

    private static JsonElement?[] Shared(JsonElement?[] values, int seed) => [.. values.Select((v, i) => i == seed ? null : v)];

    private static IEnumerable<SweepSeedsRow> Rows(IReadOnlyList<SweepLine> lines, JsonElement?[] axes)
    {
        var known = lines[0].Figures.Keys.Where(k => lines.All(l => l.Figures.ContainsKey(k)));
        var figures = known.Select(k => (Id: k, All: lines.Select(l => l.Figures[k]).ToArray())).ToList();
        SweepSeedsRow Row(string statistic, Func<double[], double> of) => new(statistic, lines.Count, axes, lines[0].Algorithm,
            figures.ToImmutableSortedDictionary(f => f.Id, f => of(f.All), StringComparer.Ordinal));
        return [Row("mean", all => all.Average()), Row("standard deviation", Deviation)];
    }

    private static double Deviation(double[] all)
    {
        var mean = all.Average();
        return Math.Sqrt(all.Sum(v => (v - mean) * (v - mean)) / (all.Length - 1));
    }
}
