namespace HsNas.Evolution.Pareto;

/// <summary>The points of a front in the order of one objective, of which points can be taken out.</summary>
internal sealed class CrowdingChain
{
    private const int None = -1;

    private readonly double[] _values;
    private readonly int[] _before;
    private readonly int[] _behind;

    /// <summary>The chain of points with these values; equal values keep their order.</summary>
    public CrowdingChain(double[] values)
    {
        _values = values;
        (_before, _behind) = (new int[values.Length], new int[values.Length]);
        var order = Enumerable.Range(0, values.Length).OrderBy(i => values[i]).ToArray();
        for (var i = 0; i < order.Length; i++)
        {
            _before[order[i]] = i == 0 ? None : order[i - 1];
            _behind[order[i]] = i == order.Length - 1 ? None : order[i + 1];
        }

        Range = values[order[^1]] - values[order[0]];
    }

    /// <summary>From the least value to the greatest, of all points.</summary>
    public double Range { get; }

    /// <summary>The gap between a point's neighbours as a share of the range; infinite at the ends.</summary>
    public double Gap(int point) => _before[point] == None || _behind[point] == None
        ? double.PositiveInfinity
        : (_values[_behind[point]] - _values[_before[point]]) / Range;

    /// <summary>Takes a point out; the points that were beside it.</summary>
    public IEnumerable<int> Remove(int point)
    {
        var (before, behind) = (_before[point], _behind[point]);
        if (before != None) _behind[before] = behind;
        if (behind != None) _before[behind] = before;
        return new[] { before, behind }.Where(p => p != None);
    }
}
