using HsNas.Kernel;

namespace HsNas.Evolution;

/// <summary>Takes each position from either parent with equal chance.</summary>
public static class UniformCrossover
{
    /// <summary>Writes a child of two parents to <paramref name="child"/>.</summary>
    public static void Cross(ReadOnlySpan<int> mother, ReadOnlySpan<int> father, Span<int> child, SeededRandom random)
    {
        for (var i = 0; i < child.Length; i++)
        {
            child[i] = random.Next(2) == 0 ? mother[i] : father[i];
        }
    }
}
