using HsNas.Predictors;

namespace HsNas.Evolution.Pareto;

/// <summary>One candidate with its two objectives.</summary>
/// <param name="Item">The candidate.</param>
/// <param name="First">First objective, finite.</param>
/// <param name="Second">Second objective, finite.</param>
public sealed record ParetoPoint<T>(T Item, double First, double Second);

/// <summary>
/// The candidates that no other beats in one objective without losing in the other. Of equal points the earliest stays.
/// Adding n points costs O(n log n).
/// </summary>
/// <param name="first">Which end of the first objective is good.</param>
/// <param name="second">Which end of the second is.</param>
public sealed class ParetoFront<T>(MetricDirection first, MetricDirection second)
{
    private List<ParetoPoint<T>> _points = [];

    /// <summary>The front, best first objective first; the second objective improves strictly along it.</summary>
    public IReadOnlyList<ParetoPoint<T>> Points => _points;

    /// <summary>Merges more candidates into the front.</summary>
    /// <exception cref="ArgumentException">An objective is not finite.</exception>
    public void Add(IEnumerable<ParetoPoint<T>> candidates)
    {
        var all = _points.Concat(candidates.Select(Check))
            .OrderBy(p => Cost(p.First, first))
            .ThenBy(p => Cost(p.Second, second));
        var front = new List<ParetoPoint<T>>();
        foreach (var point in all)
        {
            if (front.Count == 0 || Cost(point.Second, second) < Cost(front[^1].Second, second))
            {
                front.Add(point);
            }
        }

        _points = front;
    }

    private static ParetoPoint<T> Check(ParetoPoint<T> point) =>
        double.IsFinite(point.First) && double.IsFinite(point.Second)
            ? point
            : throw new ArgumentException(
                $"The objectives of {point.Item} are {point.First} and {point.Second}; expected finite numbers.", nameof(point));

    private static double Cost(double value, MetricDirection direction) => direction == MetricDirection.HigherIsBetter ? -value : value;
}
