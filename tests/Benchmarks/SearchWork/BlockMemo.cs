using System.Globalization;
using HsNas.Evolution.Racing;
using HsNas.Spaces;

namespace HsNas.Benchmarks.SearchWork;

/// <summary>
/// Remembers block losses in a file, so that searches that are compared do not compute them again. What a search spends is
/// counted by the search itself, as if nothing were remembered.
/// </summary>
internal sealed class BlockMemo : IBlockScorer, IDisposable
{
    private readonly IBlockScorer _scorer;
    private readonly StreamWriter _file;
    private readonly Dictionary<string, float?[]> _known = new(StringComparer.Ordinal);

    public BlockMemo(IBlockScorer scorer, string path)
    {
        _scorer = scorer;
        if (File.Exists(path)) foreach (var line in File.ReadLines(path)) Read(line);
        _file = new StreamWriter(path, append: true);
    }

    public IReadOnlyList<TextBlock> Blocks => _scorer.Blocks;

    public int Sentences => Blocks.Sum(b => b.Sentences);

    public IReadOnlyList<float[]> Score(IReadOnlyList<BlockRange> ranges, CancellationToken cancellationToken = default)
    {
        var missing = ranges.SelectMany(Missing).ToList();
        var sums = _scorer.Score(missing, cancellationToken);
        for (var i = 0; i < missing.Count; i++) Remember(missing[i], sums[i]);
        _file.Flush();
        return [.. ranges.Select(r => Of(r.Architecture)[r.From..r.To].Select(s => s!.Value).ToArray())];
    }

    /// <summary>Loss of an architecture on the whole text, bits per token.</summary>
    public double FullLoss(Architecture architecture) =>
        TotalLoss.Bits(new LossRecord(architecture, [.. Score([new BlockRange(architecture, 0, Blocks.Count)])[0]]), Blocks);

    public void Dispose() => _file.Dispose();

    private float?[] Of(Architecture architecture) =>
        _known.TryGetValue(architecture.Key, out var sums) ? sums : _known[architecture.Key] = new float?[Blocks.Count];

    // Runs of blocks that nobody asked for yet.
    private IEnumerable<BlockRange> Missing(BlockRange range)
    {
        var sums = Of(range.Architecture);
        for (var from = range.From; from < range.To; from++)
        {
            if (sums[from] is not null) continue;
            var to = from + 1;
            while (to < range.To && sums[to] is null) to++;
            yield return new BlockRange(range.Architecture, from, to);
            from = to;
        }
    }

    private void Remember(BlockRange range, float[] sums)
    {
        for (var i = 0; i < sums.Length; i++) Of(range.Architecture)[range.From + i] = sums[i];
        var text = string.Join(' ', sums.Select(s => s.ToString("R", CultureInfo.InvariantCulture)));
        _file.WriteLine($"{range.Architecture.Key}\t{range.From}\t{text}");
    }

    private void Read(string line)
    {
        // A line that a killed run left unfinished is computed again.
        if (line.Split('\t') is not [var key, var from, var text]) return;
        var sums = text.Split(' ').Select(s => float.Parse(s, CultureInfo.InvariantCulture)).ToArray();
        var start = int.Parse(from, CultureInfo.InvariantCulture);
        if (start + sums.Length > Blocks.Count) return;
        if (!_known.TryGetValue(key, out var known)) known = _known[key] = new float?[Blocks.Count];
        for (var i = 0; i < sums.Length; i++) known[start + i] = sums[i];
    }
}
