using System.Collections.Concurrent;
using System.Text.Json.Serialization;

namespace HsNas.Translation;

/// <summary>
/// A joint subword vocabulary with its merge rules. Ids: 0 begin, 1 padding, 2 end of sentence, 3 unknown (fairseq's
/// order; positions are numbered from it, see docs/method.md, "Supernet"), then characters, then merged symbols in the order
/// learned.
/// </summary>
public sealed class BytePairVocabulary
{
    /// <summary>Begin of sentence; unused by the models here.</summary>
    public const int Begin = 0;

    /// <summary>Padding.</summary>
    public const int Padding = 1;

    /// <summary>End of sentence, and the first decoder input.</summary>
    public const int End = 2;

    /// <summary>Unknown character.</summary>
    public const int Unknown = 3;

    /// <summary>Number of special ids.</summary>
    public const int SpecialCount = 4;

    private readonly List<string> symbols = ["<s>", "<pad>", "</s>", "<unk>"];
    private readonly Dictionary<string, int> ids = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string), int> ranks = [];
    private readonly ConcurrentDictionary<string, int[]> cache = new(StringComparer.Ordinal);

    /// <summary>A vocabulary from its characters and merges, as learned.</summary>
    [JsonConstructor]
    public BytePairVocabulary(IReadOnlyList<string> characters, IReadOnlyList<string> merges)
        : this(characters, [.. merges.Select(ParseMerge)])
    {
    }

    internal BytePairVocabulary(IReadOnlyList<string> characters, IReadOnlyList<(string Left, string Right)> merges)
    {
        Characters = characters;
        Merges = [.. merges.Select(m => $"{m.Left} {m.Right}")];
        foreach (var symbol in characters) Add(symbol);
        for (var rank = 0; rank < merges.Count; rank++)
        {
            ranks.TryAdd(merges[rank], rank);
            Add(merges[rank].Left + merges[rank].Right);
        }
    }

    /// <summary>Single characters, in id order.</summary>
    public IReadOnlyList<string> Characters { get; }

    /// <summary>Merge rules "left right", in the order learned.</summary>
    public IReadOnlyList<string> Merges { get; }

    /// <summary>Number of ids.</summary>
    [JsonIgnore]
    public int Size => symbols.Count;

    /// <summary>Whether every id means the same in both.</summary>
    public bool IsSameAs(BytePairVocabulary other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Characters.SequenceEqual(other.Characters, StringComparer.Ordinal)
            && Merges.SequenceEqual(other.Merges, StringComparer.Ordinal);
    }

    /// <summary>Ids of <paramref name="text"/>, without an end mark.</summary>
    public int[] Encode(string text) => [.. PreTokenizer.Split(text).SelectMany(p => cache.GetOrAdd(p, EncodePiece))];

    /// <summary>The text of <paramref name="tokens"/>; begin, padding and end are skipped, unknown becomes U+FFFD.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An id lies outside the vocabulary.</exception>
    public string Decode(IEnumerable<int> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        return PreTokenizer.Join(tokens.Where(t => t is not (Begin or Padding or End)).Select(Symbol));
    }

    private string Symbol(int token)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(token);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(token, Size);
        return token == Unknown ? "\uFFFD" : symbols[token];
    }

    private int[] EncodePiece(string piece)
    {
        var parts = BytePairTrainer.Characters(piece);
        while (parts.Count > 1)
        {
            var best = int.MaxValue;
            for (var i = 0; i + 1 < parts.Count; i++)
                best = Math.Min(best, ranks.GetValueOrDefault((parts[i], parts[i + 1]), int.MaxValue));
            if (best == int.MaxValue) break;
            for (var i = 0; i + 1 < parts.Count; i++)
            {
                if (ranks.GetValueOrDefault((parts[i], parts[i + 1]), int.MaxValue) != best) continue;
                parts[i] += parts[i + 1];
                parts.RemoveAt(i + 1);
            }
        }

        return [.. parts.Select(p => ids.GetValueOrDefault(p, Unknown))];
    }

    private void Add(string symbol)
    {
        if (ids.TryAdd(symbol, symbols.Count)) symbols.Add(symbol);
    }

    private static (string, string) ParseMerge(string merge)
    {
        var space = merge.IndexOf(' ', StringComparison.Ordinal);
        if (space <= 0) throw new FormatException($"Merge rule '{merge}' is not two symbols separated by a space.");
        return (merge[..space], merge[(space + 1)..]);
    }
}
