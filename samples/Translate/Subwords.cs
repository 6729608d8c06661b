using System.Globalization;
using System.Text.Json;

namespace OnnxTranslate;

/// <summary>Byte pair encoding as <c>vocabulary.json</c> holds it: characters, then merges of two symbols, in the order learned.</summary>
internal sealed class Subwords
{
    private const char WordMark = '▁';
    private const int Unknown = 3;

    private readonly List<string> _symbols = ["", "", "", "\uFFFD"];   // begin, padding, end, unknown
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string), int> _ranks = [];

    /// <summary>Reads the file's text.</summary>
    public Subwords(string json)
    {
        using var file = JsonDocument.Parse(json);
        foreach (var character in Texts(file, "characters")) Add(character);
        foreach (var merge in Texts(file, "merges").Select(m => m.Split(' ', 2)))
        {
            _ranks.TryAdd((merge[0], merge[1]), _ranks.Count);
            Add(merge[0] + merge[1]);
        }
    }

    /// <summary>Ids of a line, without an end mark.</summary>
    public int[] Encode(string line) => [.. Pieces(line).SelectMany(Merged).Select(s => _ids.GetValueOrDefault(s, Unknown))];

    /// <summary>The text of ids.</summary>
    public string Decode(IEnumerable<int> ids) => string.Concat(ids.Select(i => _symbols[i])).Replace(WordMark, ' ').Trim();

    // Words, numbers and single symbols; merges never cross their borders. The first piece of a word bears the mark.
    private static IEnumerable<string> Pieces(string line)
    {
        foreach (var word in line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var start = 0;
            for (var i = 1; i <= word.Length; i++)
            {
                if (i < word.Length && InWord(word[i]) && InWord(word[i - 1])) continue;
                yield return start == 0 ? WordMark + word[..i] : word[start..i];
                start = i;
            }
        }
    }

    private static bool InWord(char c) => char.IsLetterOrDigit(c) || char.IsSurrogate(c)
        || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // Merges the pair that was learned first, wherever it stands, until none is left.
    private List<string> Merged(string piece)
    {
        var parts = Characters(piece).ToList();
        while (parts.Zip(parts.Skip(1)).Select(Rank).DefaultIfEmpty(int.MaxValue).Min() is var best && best < int.MaxValue)
        {
            for (var i = 0; i + 1 < parts.Count; i++)
            {
                if (Rank((parts[i], parts[i + 1])) != best) continue;
                parts[i] += parts[i + 1];
                parts.RemoveAt(i + 1);
            }
        }

        return parts;
    }

    private static IEnumerable<string> Characters(string piece)
    {
        for (var i = 0; i < piece.Length; i++)
            yield return char.IsHighSurrogate(piece[i]) && i + 1 < piece.Length ? piece.Substring(i++, 2) : piece.Substring(i, 1);
    }

    private int Rank((string, string) pair) => _ranks.GetValueOrDefault(pair, int.MaxValue);

    private void Add(string symbol)
    {
        if (_ids.TryAdd(symbol, _symbols.Count)) _symbols.Add(symbol);
    }

    private static IEnumerable<string> Texts(JsonDocument file, string list) =>
        file.RootElement.GetProperty(list).EnumerateArray().Select(t => t.GetString()!);
}
