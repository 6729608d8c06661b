using HsNas.Evolution.Constraints;
using HsNas.Evolution.Pareto;
using HsNas.Predictors;

namespace HsNas.Contracts.Fronts;

/// <summary>Judges a front after its finalists were measured: which points fell behind, and which one is the knee.</summary>
public static class FrontJudge
{
    /// <summary>The front with its points judged.</summary>
    /// <param name="front">A front whose points have their values, and no judgement yet.</param>
    /// <param name="objectives">The quantities among its objectives, as <see cref="ConstraintSet.ResolveObjectives"/> gives
    /// them.</param>
    public static Front Judge(Front front, IReadOnlyList<Constraint> objectives)
    {
        ArgumentNullException.ThrowIfNull(front);
        var points = front.Points;
        var measured = points.Where(p => p.IsMeasured).ToList();
        var standing = measured.Where(p => p.Violations.Count == 0).Select(Place).ToList();
        var judged = points.Select(p => p with { IsDominated = p.IsMeasured && IsDominated(p) }).ToList();
        var candidates = judged.Where(p => p.IsMeasured && p.Stands).ToList();
        if (candidates.Count > 0)
        {
            var knee = candidates[Knee.Of([.. candidates.Select(Place)])];
            judged[judged.IndexOf(knee)] = knee with { IsKnee = true };
        }

        return front with { Points = judged };

        bool IsDominated(FrontPoint point)
        {
            var place = Place(point);
            return standing.Exists(s => Dominance.Dominates(s, place));
        }

        double[] Place(FrontPoint point) =>
        [
            front.Direction == MetricDirection.HigherIsBetter ? -point.Score : point.Score,
            .. objectives.Select(o => point.Values[o.Id]),
        ];
    }
}
