using HsNas.Kernel;
using HsNas.Spaces;

namespace HsNas.Evolution;

/// <summary>Draws each position anew with a given probability, uniformly over all its choices, the present one included.</summary>
public sealed class UniformMutation(GeneLayout layout, double probability)
{
    /// <summary>Writes a mutant of <paramref name="parent"/> to <paramref name="child"/>.</summary>
    public void Mutate(ReadOnlySpan<int> parent, Span<int> child, SeededRandom random)
    {
        for (var i = 0; i < parent.Length; i++)
        {
            var choices = layout.Choices[i];
            child[i] = random.NextBool(probability) ? choices[random.Next(choices.Length)] : parent[i];
        }
    }
}
