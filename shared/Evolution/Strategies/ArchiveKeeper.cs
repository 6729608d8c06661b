using System.Collections.Immutable;
using HsNas.Evolution.Pareto;
using HsNas.Predictors;
using HsNas.Spaces;

namespace HsNas.Evolution;

/// <summary>Enters scored generations into an archive, and reads it.</summary>
internal sealed class ArchiveKeeper(GeneCodec codec)
{
    // How far behind the worst of the first generation the reference lies, so that the worst has some volume, too.
    private const double Margin = 0.1;

    /// <summary>Objectives of an architecture, minimised.</summary>
    public delegate double[] PointOf(Architecture architecture, double score, MetricDirection direction);

    /// <summary>The archive after a generation; a new one where the metric is another.</summary>
    public ScoreArchive After(ScoredGeneration scored, PointOf point)
    {
        var archive = scored.State.Archive is { } kept && (kept.Metric, kept.Direction) == (scored.Metric, scored.Direction)
            ? kept : Begin(scored, point);
        var known = Read(archive).Select(Key).ToHashSet(StringComparer.Ordinal);
        var added = Enumerable.Range(0, scored.Scores.Count).Where(i => known.Add(scored.Architectures[i].Key)).ToList();
        return archive with
        {
            Genes = archive.Genes.AddRange(added.Select(i => Text(scored.State.Population[i]))),
            Scores = archive.Scores.AddRange(added.Select(i => scored.Scores[i])),
            Generations = archive.Generations.AddRange(added.Select(_ => scored.State.Generation)),
        };
    }

    /// <summary>All entries, in the order of the archive.</summary>
    public IReadOnlyList<RankedGene> Read(ScoreArchive archive) =>
        [.. archive.Genes.Select((gene, i) => new RankedGene(Gene(gene), archive.Scores[i], archive.Generations[i]))];

    private static ScoreArchive Begin(ScoredGeneration scored, PointOf point)
    {
        var points = scored.Architectures.Zip(scored.Scores, (a, score) => point(a, score, scored.Direction)).ToList();
        var ranges = Enumerable.Range(0, points[0].Length).Select(m => (Least: points.Min(p => p[m]), Most: points.Max(p => p[m])));
        // Where all are equal, any length will do as a unit.
        var box = ranges.Select(r => (r.Least, Most: r.Most + (r.Most > r.Least ? Margin * (r.Most - r.Least) : 1))).ToList();
        return new ScoreArchive
        {
            Metric = scored.Metric,
            Direction = scored.Direction,
            Reference = [.. box.Select(b => b.Most)],
            Ideal = [.. box.Select(b => b.Least)],
            Genes = [],
            Scores = [],
            Generations = [],
        };
    }

    private string Key(RankedGene ranked) => codec.Decode(ranked.Gene.AsSpan()).Key;

    private string Text(ImmutableArray<int> gene) =>
        string.Concat(gene.Select((value, i) => (char)('0' + codec.Layout.Choices[i].IndexOf(value))));

    private ImmutableArray<int> Gene(string text) => [.. text.Select((c, i) => codec.Layout.Choices[i][c - '0'])];
}
