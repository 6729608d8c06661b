namespace HsNas.Evolution.Racing;

/// <summary>Takes losses that others computed from their records, and asks a scorer for the rest.</summary>
public sealed class SharedLosses(IBlockScorer scorer, IReadOnlyList<LossRecord> shared) : IBlockScorer
{
    private readonly Dictionary<string, LossRecord> _shared = shared.DistinctBy(r => r.Architecture.Key)
        .ToDictionary(r => r.Architecture.Key, StringComparer.Ordinal);

    private readonly HashSet<string> _computed = new(StringComparer.Ordinal);

    /// <summary>Architectures that the scorer was asked about.</summary>
    public int Computed => _computed.Count;

    /// <inheritdoc/>
    public IReadOnlyList<TextBlock> Blocks => scorer.Blocks;

    /// <inheritdoc/>
    public IReadOnlyList<float[]> Score(IReadOnlyList<BlockRange> ranges, CancellationToken cancellationToken = default)
    {
        var known = ranges.Select(Known).ToList();
        var rest = ranges.Select((r, i) => r with { From = r.From + known[i].Length }).ToList();
        var asked = rest.FindAll(r => r.From < r.To);
        _computed.UnionWith(asked.Select(r => r.Architecture.Key));
        var computed = scorer.Score(asked, cancellationToken);
        var next = 0;
        return [.. ranges.Select((_, i) => (float[])[.. known[i], .. rest[i].From < rest[i].To ? computed[next++] : []])];
    }

    // The part of a range, from its start, that somebody computed.
    private float[] Known(BlockRange range) =>
        _shared.TryGetValue(range.Architecture.Key, out var record)
            ? [.. record.Sums.Skip(range.From).Take(range.To - range.From)]
            : [];
}
