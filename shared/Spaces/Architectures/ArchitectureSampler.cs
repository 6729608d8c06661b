using HsNas.Kernel;

namespace HsNas.Spaces;

/// <summary>
/// Draws genes uniformly: every position uniform over its choices, as HAT and the distillation pool do, so depths are
/// uniform too (docs/method.md, "Search space"). The sequence is a function of space and generator.
/// </summary>
public sealed class ArchitectureSampler
{
    private readonly int[] _values;
    private readonly (int Start, int Count)[] _positions;
    private readonly SeededRandom _random;

    /// <summary>A sampler of <paramref name="space"/> that draws from <paramref name="random"/>.</summary>
    public ArchitectureSampler(SearchSpace space, SeededRandom random)
    {
        Codec = new GeneCodec(space);
        _random = random;
        _values = [.. Codec.Layout.Choices.SelectMany(c => c)];
        _positions = new (int, int)[Codec.Layout.Length];
        var start = 0;
        for (var i = 0; i < _positions.Length; i++)
        {
            _positions[i] = (start, Codec.Layout.Choices[i].Length);
            start += _positions[i].Count;
        }
    }

    /// <summary>A sampler with a generator of its own, seeded by <paramref name="seed"/>.</summary>
    public ArchitectureSampler(SearchSpace space, long seed)
        : this(space, SeededRandom.For(seed, 0, "sampler"))
    {
    }

    /// <summary>The codec of the space.</summary>
    public GeneCodec Codec { get; }

    /// <summary>Fills <paramref name="gene"/>, of the space's gene length, without allocating.</summary>
    public void Next(Span<int> gene)
    {
        for (var i = 0; i < gene.Length; i++)
        {
            var (start, count) = _positions[i];
            gene[i] = _values[start + (count == 1 ? 0 : _random.Next(count))];
        }
    }

    /// <summary>A new gene.</summary>
    public int[] NextGene()
    {
        var gene = new int[_positions.Length];
        Next(gene);
        return gene;
    }

    /// <summary>The architecture of a new gene.</summary>
    public Architecture Next() => Codec.Decode(NextGene());

    /// <summary>
    /// <paramref name="count"/> architectures, all distinct and none with a key in <paramref name="excluded"/>. Gives up
    /// after 1,000 duplicates in a row, which only a nearly exhausted space produces.
    /// </summary>
    /// <exception cref="InvalidOperationException">The space holds too few architectures.</exception>
    public IReadOnlyList<Architecture> Distinct(int count, IEnumerable<string>? excluded = null)
    {
        var seen = new HashSet<string>(excluded ?? [], StringComparer.Ordinal);
        var result = new List<Architecture>(count);
        for (var misses = 0; result.Count < count;)
        {
            var candidate = Next();
            if (seen.Add(candidate.Key))
            {
                result.Add(candidate);
                misses = 0;
            }
            else if (++misses == 1000)
            {
                throw new InvalidOperationException(
                    $"Only {result.Count} of {count} distinct architectures found: the space holds "
                    + $"{SearchSpaceCounts.Of(Codec.Space).Architectures} and 1,000 draws in a row were repeats.");
            }
        }

        return result;
    }
}
