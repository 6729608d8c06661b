namespace HsNas.Translation;

/// <summary>Counts of adjacent symbol pairs, kept up to date while pairs are merged, so that training is not quadratic.</summary>
internal sealed class PairStatistics
{
    private readonly (List<string> Symbols, int Count)[] words;
    private readonly HashSet<string> blocked;
    private readonly Dictionary<(string Left, string Right), long> counts = [];
    private readonly Dictionary<(string Left, string Right), HashSet<int>> places = [];

    // Entries are not removed when counts change: one whose count is no longer true is corrected when it comes up.
    private readonly PriorityQueue<(string Left, string Right), Rank> queue = new(new MostFrequentFirst());

    public PairStatistics((List<string> Symbols, int Count)[] words, IReadOnlySet<string> known)
    {
        this.words = words;
        blocked = words.SelectMany(w => w.Symbols).Where(s => !known.Contains(s)).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < words.Length; i++) Count(i, +1, null);
        foreach (var (pair, count) in counts) queue.Enqueue(pair, new Rank(count, pair));
    }

    /// <summary>The most frequent pair that occurs at least twice, the ordinally first of equals; null where there is none.</summary>
    public (string Left, string Right)? MostFrequent()
    {
        while (queue.TryPeek(out var pair, out var rank))
        {
            var count = counts.GetValueOrDefault(pair);
            if (count == rank.Count && count >= 2) return pair;
            queue.Dequeue();
            if (count >= 2 && count < rank.Count) queue.Enqueue(pair, new Rank(count, pair));
        }

        return null;
    }

    public void Merge((string Left, string Right) pair)
    {
        var raised = new HashSet<(string, string)>();
        foreach (var word in places[pair].Order().ToArray())
        {
            Count(word, -1, null);
            var symbols = words[word].Symbols;
            for (var i = 0; i + 1 < symbols.Count; i++)
            {
                if (symbols[i] != pair.Left || symbols[i + 1] != pair.Right) continue;
                symbols[i] = pair.Left + pair.Right;
                symbols.RemoveAt(i + 1);
            }

            Count(word, +1, raised);
        }

        foreach (var one in raised)
            if (counts.TryGetValue(one, out var count)) queue.Enqueue(one, new Rank(count, one));
    }

    private void Count(int word, int sign, HashSet<(string, string)>? raised)
    {
        var (symbols, count) = words[word];
        for (var i = 0; i + 1 < symbols.Count; i++)
        {
            if (blocked.Contains(symbols[i]) || blocked.Contains(symbols[i + 1])) continue;
            var pair = (symbols[i], symbols[i + 1]);
            var total = counts.GetValueOrDefault(pair) + (sign * (long)count);
            if (total == 0) counts.Remove(pair);
            else counts[pair] = total;
            if (!places.TryGetValue(pair, out var set)) places[pair] = set = [];
            if (sign > 0) set.Add(word);
            raised?.Add(pair);
        }
    }

    private readonly record struct Rank(long Count, (string Left, string Right) Pair);

    private sealed class MostFrequentFirst : IComparer<Rank>
    {
        public int Compare(Rank x, Rank y)
        {
            if (x.Count != y.Count) return y.Count.CompareTo(x.Count);
            var left = string.CompareOrdinal(x.Pair.Left, y.Pair.Left);
            return left != 0 ? left : string.CompareOrdinal(x.Pair.Right, y.Pair.Right);
        }
    }
}
