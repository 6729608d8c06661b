using System.Collections.Immutable;
using HsNas.Evolution.Constraints;

namespace HsNas.Contracts.Fronts;

/// <summary>Reads the answer for limits from a front, without a new search.</summary>
public static class FrontReader
{
    /// <summary>The answer.</summary>
    /// <param name="front">A judged front.</param>
    /// <param name="limits">One or more limits, of different constraints.</param>
    public static FrontAnswer Read(Front front, IReadOnlyList<Limit> limits)
    {
        ArgumentNullException.ThrowIfNull(front);
        var standing = front.Points.Where(p => p.Stands).ToList();
        var point = standing.Find(p => limits.All(l => l.IsKeptBy(Known(p, l))));
        var promising = standing.Find(p => limits.All(l => l.IsKeptBy(Expected(p, l))));
        return new FrontAnswer
        {
            Limits = limits.ToImmutableSortedDictionary(l => l.Constraint.Id, l => l.Most, StringComparer.Ordinal),
            IsKnown = point is not null,
            Metric = front.Metric,
            Point = point,
            Unmeasured = promising is not null && (point is null || front.Gain(promising, point) > 0) ? promising : null,
            Unknown = [.. point is null ? Missing(standing, limits) : [], .. limits.Select(l => Unsearched(front, l)).OfType<string>()],
        };
    }

    private static IEnumerable<string> Missing(List<FrontPoint> points, IReadOnlyList<Limit> limits)
    {
        var none = true;
        foreach (var limit in limits)
        {
            var (constraint, values) = (limit.Constraint, points.Select(p => Known(p, limit)).Where(double.IsFinite).ToList());
            if (values.Count > 0 && limit.IsKeptBy(values.Min())) continue;
            none = false;
            yield return values.Count == 0
                ? $"No point of the front has a {(constraint.IsMeasured ? "measured " : "")}{constraint.Name}."
                : $"No point of the front keeps the {constraint.Name} limit {constraint.Say(limit.Most)}: the least "
                    + $"{(constraint.IsMeasured ? "measured" : "of all")} is {constraint.Say(values.Min())}. The front does not know what "
                    + "lies below.";
        }

        if (none) yield return "Each limit is kept by a point of the front, but none keeps all of them together.";
    }

    private static string? Unsearched(Front front, Limit limit) =>
        front.Objectives.Contains(limit.Constraint.Objective, StringComparer.Ordinal)
            ? null
            : $"{limit.Constraint.Id} was no objective of this search: values of points are known, but the front was not searched for "
                + "them, and better architectures within this limit may exist.";

    private static double Known(FrontPoint point, Limit limit) =>
        point.Values.TryGetValue(limit.Constraint.Id, out var value) ? value : double.NaN;

    private static double Expected(FrontPoint point, Limit limit) =>
        point.Values.TryGetValue(limit.Constraint.Id, out var value)
            ? value : point.Predictions.TryGetValue(limit.Constraint.Id, out var predicted) ? predicted : double.NaN;
}
