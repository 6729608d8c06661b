using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace HsNas.Translation;

/// <summary>Which aligned pairs are kept, and into which part each falls.</summary>
public sealed record CorpusCleaner
{
    /// <summary>Fewest words on either side.</summary>
    public int MinWords { get; init; } = 3;

    /// <summary>Most words on either side.</summary>
    public int MaxWords { get; init; } = 14;

    /// <summary>Largest ratio of word counts.</summary>
    public double MaxLengthRatio { get; init; } = 3;

    /// <summary>
    /// Drops pairs that are too short, too long, too uneven, or identical on both sides, and every repetition of a source
    /// sentence; keeps the order of first occurrence.
    /// </summary>
    public IEnumerable<SentencePair> Clean(IEnumerable<SentencePair> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        // 128 bits of a sentence instead of the sentence: a web-scale corpus has tens of millions.
        var seen = new HashSet<UInt128>();
        foreach (var raw in pairs)
        {
            var pair = new SentencePair(FoldWhiteSpace(raw.Source), FoldWhiteSpace(raw.Target));
            if (IsGood(pair) && seen.Add(Digest(pair.Source))) yield return pair;
        }
    }

    /// <summary>
    /// The part a source sentence belongs to, from SHA-256 of its normalised form modulo 1000: below 20 validation, below
    /// 40 test, else training. A sentence never moves when the corpus grows.
    /// </summary>
    public static CorpusPart PartOf(string source)
    {
        var bucket = (ulong)(Digest(source) >> 64) % 1000;
        return bucket < 20 ? CorpusPart.Valid : bucket < 40 ? CorpusPart.Test : CorpusPart.Train;
    }

    /// <summary>Runs of white space become one space; none remains at the ends.</summary>
    public static string FoldWhiteSpace(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static UInt128 Digest(string text) =>
        BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(Normalise(text))));

    private static string Normalise(string text) => FoldWhiteSpace(text).ToLowerInvariant();

    private bool IsGood(SentencePair pair)
    {
        if (string.Equals(pair.Source, pair.Target, StringComparison.OrdinalIgnoreCase)) return false;
        int source = CountWords(pair.Source), target = CountWords(pair.Target);
        if (Math.Min(source, target) < MinWords || Math.Max(source, target) > MaxWords) return false;
        return Math.Max(source, target) <= MaxLengthRatio * Math.Min(source, target);
    }

    private static int CountWords(string text) => text.Count(c => c == ' ') + 1;
}
