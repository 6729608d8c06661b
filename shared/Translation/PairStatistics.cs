namespace HsNas.Shared.Translation;

/// <summary>Counts of adjacent symbol pairs, kept up to date while pairs are merged, so that training is not quadratic.</summary>
internal sealed class PairStatistics
{
    private readonly (List<string> Symbols, int Count)[] words;
    private readonly HashSet<string> blocked;
    private readonly Dictionary<(string, string), int> counts = [];
    private readonly Dictionary<(string, string), HashSet<int>> places = [];

    public PairStatistics((List<string> Symbols, int Count)[] words, IReadOnlySet<string> known)
    {
        this.words = words;
        blocked = words.SelectMany(w => w.Symbols).Where(s => !known.Contains(s)).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < words.Length; i++) Count(i, +1);
    }

    /// <summary>The most frequent pair that occurs at least twice; null where there is none.</summary>
    public (string Left, string Right)? MostFrequent()
    {
        (string Left, string Right)? best = null;
        var bestCount = 1;
        foreach (var (pair, count) in counts)
        {
            if (count < bestCount || count < 2) continue;
            if (count == bestCount && best is { } b && Compare(pair, b) >= 0) continue;
            (best, bestCount) = (pair, count);
        }

        return best;
    }

    public void Merge((string Left, string Right) pair)
    {
        foreach (var word in places[pair].Order().ToArray())
        {
            Count(word, -1);
            var symbols = words[word].Symbols;
            for (var i = 0; i + 1 < symbols.Count; i++)
            {
                if (symbols[i] != pair.Left || symbols[i + 1] != pair.Right) continue;
                symbols[i] = pair.Left + pair.Right;
                symbols.RemoveAt(i + 1);
            }

            Count(word, +1);
        }
    }

    private void Count(int word, int sign)
    {
        var (symbols, count) = words[word];
        for (var i = 0; i + 1 < symbols.Count; i++)
        {
            if (blocked.Contains(symbols[i]) || blocked.Contains(symbols[i + 1])) continue;
            var pair = (symbols[i], symbols[i + 1]);
            var total = counts.GetValueOrDefault(pair) + (sign * count);
            if (total == 0) counts.Remove(pair);
            else counts[pair] = total;
            if (!places.TryGetValue(pair, out var set)) places[pair] = set = [];
            if (sign > 0) set.Add(word);
        }
    }

    private static int Compare((string, string) a, (string, string) b)
    {
        var first = string.CompareOrdinal(a.Item1, b.Item1);
        return first != 0 ? first : string.CompareOrdinal(a.Item2, b.Item2);
    }
}
