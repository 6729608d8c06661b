namespace HsNas.Translation;

/// <summary>
/// Learns joint byte pair encoding: starting from single characters, repeatedly merges the most frequent adjacent pair
/// (ties: ordinal order), within pre-tokens only.
/// </summary>
public static class BytePairTrainer
{
    /// <summary>
    /// Learns from <paramref name="texts"/> a vocabulary of exactly <paramref name="vocabularySize"/> entries, specials
    /// included. Characters seen fewer than <paramref name="minCharacterCount"/> times become unknown.
    /// </summary>
    /// <exception cref="ArgumentException">The text is too small for that many entries, or the size leaves no room for merges.</exception>
    public static BytePairVocabulary Train(IEnumerable<string> texts, int vocabularySize, int minCharacterCount = 5)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var text in texts)
            foreach (var piece in PreTokenizer.Split(text))
                counts[piece] = counts.GetValueOrDefault(piece) + 1;

        var words = counts.OrderBy(w => w.Key, StringComparer.Ordinal).Select(w => (Symbols: Characters(w.Key), Count: w.Value)).ToArray();
        var characters = words.SelectMany(w => w.Symbols.Select(s => (s, w.Count)))
            .GroupBy(x => x.s, StringComparer.Ordinal).Where(g => g.Sum(x => (long)x.Count) >= minCharacterCount)
            .Select(g => g.Key).Order(StringComparer.Ordinal).ToList();
        var merges = new List<(string Left, string Right)>();
        var room = vocabularySize - BytePairVocabulary.SpecialCount - characters.Count;
        if (room <= 0)
            throw new ArgumentException($"vocabularySize must exceed {vocabularySize - room}: the text has {characters.Count} characters.",
                nameof(vocabularySize));

        var known = characters.ToHashSet(StringComparer.Ordinal);
        var statistics = new PairStatistics(words, known);
        var entries = new HashSet<string>(known, StringComparer.Ordinal);
        while (entries.Count < known.Count + room)
        {
            if (statistics.MostFrequent() is not { } best)
                throw new ArgumentException($"The text allows {entries.Count + BytePairVocabulary.SpecialCount} entries at most.",
                    nameof(vocabularySize));
            merges.Add(best);
            entries.Add(best.Left + best.Right);
            statistics.Merge(best);
        }

        return new BytePairVocabulary(characters, merges);
    }

    internal static List<string> Characters(string piece)
    {
        var result = new List<string>(piece.Length);
        for (var i = 0; i < piece.Length; i++)
        {
            var length = char.IsHighSurrogate(piece[i]) && i + 1 < piece.Length ? 2 : 1;
            result.Add(piece.Substring(i, length));
            i += length - 1;
        }

        return result;
    }
}
