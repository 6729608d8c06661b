using HsNas.Evolution.Constraints;
using HsNas.Evolution.Pareto;
using HsNas.Kernel.Validation;
using HsNas.Predictors;
using HsNas.Spaces;

namespace HsNas.Evolution;

/// <summary>
/// Chooses parents along the front of quality and other objectives, from everything scored with the present metric: front by
/// front, and of the front that does not fit the least crowded. See docs/method.md, "Pareto search".
/// </summary>
/// <param name="codec">Says which genes are one architecture.</param>
/// <param name="options">Validated options.</param>
/// <param name="objectives">The objectives besides quality, one or more; less is better.</param>
/// <param name="context">What their values are computed from.</param>
public sealed class ParetoSelection(
    GeneCodec codec, EvolutionOptions options, IReadOnlyList<Constraint> objectives, ConstraintContext context) : IParentSelection
{
    /// <summary>Most finalists of a run.</summary>
    public const int MostFinalists = 25;

    // How many of the nearest parents one is crossed with: parents from far ends of a front have children that suit neither end.
    private const int Partners = 4;

    private readonly ArchiveKeeper _keeper = new(codec);
    private readonly IReadOnlyList<Constraint> _objectives = Known(objectives, context);

    /// <summary>All: a candidate that scores badly may be the best of those as cheap as it.</summary>
    public int Decisive(int candidates) => candidates;

    /// <inheritdoc/>
    public ParentChoice Choose(ScoredGeneration scored)
    {
        ArgumentNullException.ThrowIfNull(scored);
        var archive = _keeper.After(scored, Point);
        var (genes, points) = Points(archive);
        var chosen = new List<int>();
        var fronts = Dominance.Fronts(points, options.Parents);
        foreach (var front in fronts)
            chosen.AddRange(Thinned(front, points, options.Parents - chosen.Count));
        List<int> order = [.. chosen.OrderBy(i => points[i][0]).ThenBy(i => i)];
        return new ParentChoice([.. order.Select(i => genes[i])], archive, Volume(fronts[0].Select(i => points[i]), archive))
        {
            Partners = Neighbours.Of([.. order.Select(i => points[i])], Partners),
        };
    }

    /// <summary>
    /// The front of everything scored with the last metric, of equal points the first; the finalists are at most
    /// <see cref="MostFinalists"/> of it, evenly along the front.
    /// </summary>
    public RunEnd End(ParentChoice last)
    {
        ArgumentNullException.ThrowIfNull(last);
        var (genes, points) = Points(last.Archive!);
        var front = Dominance.Fronts(points, 1)[0].Aggregate(
            new List<int>(), (kept, i) => kept.Count > 0 && points[kept[^1]].SequenceEqual(points[i]) ? kept : [.. kept, i]);
        return new RunEnd(
            [.. Thinned(front, points, MostFinalists).Select(i => genes[i])], [.. front.Select(i => genes[i])]);
    }

    private (IReadOnlyList<RankedGene> Genes, IReadOnlyList<double[]> Points) Points(ScoreArchive archive)
    {
        var genes = _keeper.Read(archive);
        return (genes, [.. genes.Select(g => Point(codec.Decode(g.Gene.AsSpan()), g.Score, archive.Direction))]);
    }

    private static IReadOnlyList<Constraint> Known(IReadOnlyList<Constraint> objectives, ConstraintContext context)
    {
        foreach (var objective in objectives)
        {
            if (objective.Missing(context) is { } missing)
                throw new OptionException("objectives", objective.Objective!, $"{missing}, or no {objective.Name} among them");
        }

        return objectives;
    }

    private static double Volume(IEnumerable<double[]> points, ScoreArchive archive) =>
        Hypervolume.Of(points, archive.Reference) / archive.Reference.Zip(archive.Ideal, (worst, best) => worst - best)
            .Aggregate((a, b) => a * b);

    private double[] Point(Architecture architecture, double score, MetricDirection direction) =>
        [direction == MetricDirection.HigherIsBetter ? -score : score, .. _objectives.Select(o => o.Value(architecture, context))];

    private static IEnumerable<int> Thinned(IReadOnlyList<int> front, IReadOnlyList<double[]> points, int count) =>
        Crowding.Thin([.. front.Select(i => points[i])], count).Select(i => front[i]);
}
