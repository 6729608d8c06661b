using HsNas.Evolution.Pareto;
using HsNas.Kernel;

namespace HsNas.Shared.Tests.Pareto;

/// <summary>Sorting, crowding, hypervolume and knee against slow definitions, on small random sets with many ties.</summary>
public sealed class FrontMathTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Fronts_are_what_is_left_undominated_again_and_again(int objectives)
    {
        foreach (var points in Sets(objectives))
        {
            var left = Enumerable.Range(0, points.Count).ToHashSet();
            foreach (var front in Dominance.Fronts(points))
            {
                Assert.Equal(left.Where(i => !left.Any(j => Beats(points[j], points[i]))).Order(), front.Order());
                left.ExceptWith(front);
            }

            Assert.Empty(left);
        }
    }

    [Fact]
    public void Sorting_stops_with_the_front_that_reaches_what_is_enough()
    {
        foreach (var points in Sets(2))
        {
            var all = Dominance.Fronts(points);
            var some = Dominance.Fronts(points, enough: 12);
            Assert.Equal(all.Take(some.Count), some);
            Assert.True(some.Sum(f => f.Count) >= 12 && some.SkipLast(1).Sum(f => f.Count) < 12);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Hypervolume_counts_the_dominated_cells_of_a_grid(int objectives)
    {
        var reference = Enumerable.Repeat(5.0, objectives).ToArray();
        foreach (var points in Sets(objectives))
        {
            var cells = Cells(objectives).Count(cell => points.Any(p => p.Zip(cell, (x, c) => x <= c).All(below => below)));
            Assert.Equal(cells, Hypervolume.Of(points, reference), 9);
        }
    }

    [Fact]
    public void Crowding_is_the_gap_between_neighbours_as_a_share_of_the_range()
    {
        double[][] front = [[0, 10], [1, 6], [4, 5], [10, 0]];
        var distances = Crowding.Distances(front);
        Assert.Equal([double.PositiveInfinity, 0.4 + 0.5, 0.9 + 0.6, double.PositiveInfinity], distances);
        Assert.Equal([0, 2, 3], Crowding.Thin(front, 3));
        Assert.Equal([0, 0, 0], Crowding.Distances([[2, 2], [2, 2], [2, 2]]));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Thinning_leaves_out_the_most_crowded_point_again_and_again(int objectives)
    {
        foreach (var points in Sets(objectives))
        {
            var kept = Enumerable.Range(0, points.Count).ToList();
            while (kept.Count > 7)
            {
                var distances = Crowding.Distances([.. kept.Select(i => points[i])]);
                kept.RemoveAt(Enumerable.Range(0, kept.Count).Last(i => distances[i] == distances.Min()));
            }

            Assert.Equal(kept, Crowding.Thin(points, 7));
        }
    }

    [Fact]
    public void A_thinned_front_keeps_its_ends_and_its_order_and_leaves_no_large_gap()
    {
        var front = Enumerable.Range(0, 400).Select(i => i / 399.0).Select(x => new[] { x * x, (1 - x) * (1 - x) }).ToList();
        var kept = Crowding.Thin(front, 25);
        Assert.Equal((25, 0, 399), (kept.Count, kept[0], kept[^1]));
        Assert.Equal(kept.Order(), kept);
        var gaps = kept.Zip(kept.Skip(1), (a, b) => front[b][0] - front[a][0] + front[a][1] - front[b][1]).ToList();
        Assert.True(gaps.Max() < 4 * gaps.Min(), $"Gaps from {gaps.Min()} to {gaps.Max()}.");
    }

    [Fact]
    public void The_knee_lies_farthest_below_the_line_through_the_ends()
    {
        Assert.Equal(1, Knee.Of([[0, 1000], [1, 100], [5, 50], [10, 0]]));
        Assert.Equal(0, Knee.Of([[0, 2], [1, 1], [2, 0]]));
        Assert.Equal(0, Knee.Of([[7, 7]]));
        Assert.Equal(3, Knee.Of([[0, 9, 9], [9, 0, 9], [9, 9, 0], [2, 2, 2]]));
        foreach (var points in Sets(2).Where(p => Dominance.Fronts(p)[0].Count > 2))
        {
            List<double[]> front = [.. Dominance.Fronts(points)[0].Select(i => points[i])];
            var (first, last) = (front[0], front[^1]);
            // The cross product with the line through the ends: its distance, up to a factor that is the same for all.
            var below = front.Select(p => ((last[0] - first[0]) * (first[1] - p[1])) - ((first[0] - p[0]) * (last[1] - first[1]))).ToList();
            Assert.Equal(below.Max(), below[Knee.Of(front)], 9);
        }
    }

    [Fact]
    public void Neighbours_are_the_nearest_others_on_the_scale_of_the_front()
    {
        Assert.Equal("1,2 0,2 1,0 2,1", Text([[0, 1000], [1, 900], [3, 800], [10, 0]], 2));
        Assert.Equal("1 0", Text([[5, 5], [5, 5]], 3));

        static string Text(double[][] points, int count) =>
            string.Join(' ', Neighbours.Of(points, count).Select(n => string.Join(',', n)));
    }

    private static IEnumerable<List<double[]>> Sets(int objectives)
    {
        var random = new SeededRandom(8);
        for (var trial = 0; trial < 60; trial++)
        {
            yield return [.. Enumerable.Range(0, 40).Select(_ =>
                Enumerable.Range(0, objectives).Select(_ => (double)random.Next(3 + (trial % 4))).ToArray())];
        }
    }

    private static bool Beats(double[] a, double[] b) => a.Zip(b, (x, y) => x <= y).All(x => x) && !a.SequenceEqual(b);

    private static IEnumerable<double[]> Cells(int objectives) => objectives == 0
        ? [[]]
        : Cells(objectives - 1).SelectMany(cell => Enumerable.Range(0, 5).Select(i => (double[])[.. cell, i]));
}
