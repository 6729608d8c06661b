using HsNas.Kernel;
using HsNas.Translation;

namespace HsNas.Shared.Tests.Translation;

public class BytePairTests
{
    [Theory]
    [InlineData(1, 40)]
    [InlineData(2, 80)]
    [InlineData(3, 120)]
    public void Merges_are_those_of_counting_anew_after_every_merge(int seed, int size)
    {
        var texts = Texts(seed, 300);

        Assert.Equal(CountedAnew(texts, size), BytePairTrainer.Train(texts, size).Merges);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(100)]
    public void The_vocabulary_has_exactly_the_size_asked_for(int size) =>
        Assert.Equal(size, BytePairTrainer.Train(Texts(4, 300), size).Size);

    [Fact]
    public void Decoding_gives_the_text_back()
    {
        var texts = Texts(5, 300);
        var vocabulary = BytePairTrainer.Train(texts, 90);

        Assert.All(texts.Concat(Texts(6, 50)), t => Assert.Equal(t, vocabulary.Decode(vocabulary.Encode(t))));
    }

    [Fact]
    public void A_text_too_small_for_the_size_says_what_it_allows()
    {
        var e = Assert.Throws<ArgumentException>(() => BytePairTrainer.Train(Texts(7, 20), 100_000));

        Assert.Contains("at most", e.Message, StringComparison.Ordinal);
    }

    private static List<string> Texts(int seed, int count)
    {
        var random = SeededRandom.For(seed, 0, "texts");
        return [.. Enumerable.Range(0, count).Select(_ => string.Join(' ', Enumerable.Range(0, 1 + random.Next(6))
            .Select(_ => string.Concat(Enumerable.Range(0, 1 + random.Next(5)).Select(_ => (char)('a' + random.Next(4)))))))];
    }

    // Straight from the definition: count all adjacent pairs of all pieces, merge the most frequent, ordinally first.
    private static List<string> CountedAnew(List<string> texts, int size)
    {
        var words = texts.SelectMany(PreTokenizer.Split).GroupBy(p => p, StringComparer.Ordinal)
            .Select(g => (Symbols: g.Key.Select(c => $"{c}").ToList(), Count: g.Count())).ToList();
        var entries = words.SelectMany(w => w.Symbols).ToHashSet(StringComparer.Ordinal);
        var merges = new List<string>();
        while (entries.Count + BytePairVocabulary.SpecialCount < size)
        {
            var (left, right) = words.SelectMany(w => w.Symbols.Zip(w.Symbols.Skip(1)).Select(p => (Pair: p, w.Count)))
                .GroupBy(p => p.Pair).Select(g => (g.Key, Count: g.Sum(p => p.Count)))
                .OrderByDescending(p => p.Count).ThenBy(p => p.Key.First, StringComparer.Ordinal)
                    .ThenBy(p => p.Key.Second, StringComparer.Ordinal).First().Key;
            merges.Add($"{left} {right}");
            entries.Add(left + right);
            foreach (var (symbols, _) in words)
            {
                for (var i = 0; i + 1 < symbols.Count; i++)
                {
                    if (symbols[i] != left || symbols[i + 1] != right) continue;
                    symbols[i] = left + right;
                    symbols.RemoveAt(i + 1);
                }
            }
        }

        return merges;
    }
}
