using HsNas.Kernel;
using HsNas.Spaces;

namespace HsNas.Evolution.Constraints;

/// <summary>Architectures of a space that show what it has to offer: extreme ones, and random ones that are the same each time.</summary>
internal sealed class SpaceProbes(SearchSpace space)
{
    private readonly GeneCodec _codec = new(space);

    /// <summary>
    /// Every depth with each of: all smallest, all smallest but for the most heads, all largest. Costs grow with every choice
    /// but heads, and latency is near-linear in them, so the least of each is among these or close to one.
    /// </summary>
    public IEnumerable<Architecture> Extremes()
    {
        var layout = _codec.Layout;
        int[] smallest = [.. layout.Choices.Select(c => c.Min())];
        int[] manyHeads = [.. layout.Choices.Select((c, i) => IsHeads(layout.Names[i]) ? c.Max() : c.Min())];
        int[] largest = [.. layout.Choices.Select(c => c.Max())];
        foreach (var pattern in new[] { smallest, manyHeads, largest })
        {
            foreach (var encoderDepth in space.EncoderLayers)
            {
                foreach (var decoderDepth in space.DecoderLayers)
                {
                    int[] gene = [.. pattern];
                    gene[GeneLayout.EncoderLayers] = encoderDepth;
                    gene[layout.DecoderLayers] = decoderDepth;
                    yield return _codec.Decode(gene);
                }
            }
        }
    }

    /// <summary>Random architectures, drawn as first populations are.</summary>
    public IEnumerable<Architecture> Samples(int count)
    {
        var sampler = new ArchitectureSampler(space, SeededRandom.For(0, 0, "feasibility"));
        var gene = new int[_codec.Layout.Length];
        for (var i = 0; i < count; i++)
        {
            sampler.Next(gene);
            yield return _codec.Decode(gene);
        }
    }

    private static bool IsHeads(string name) => name.Contains("heads", StringComparison.Ordinal);
}
