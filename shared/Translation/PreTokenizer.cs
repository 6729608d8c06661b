using System.Globalization;

namespace HsNas.Translation;

/// <summary>
/// Cuts text into the pieces that byte pair encoding never merges across: words, numbers and single symbols. A piece
/// that follows white space (or starts the text) begins with <see cref="WordMark"/>, so that joining pieces and replacing
/// the mark by a space restores the text exactly (white space folded).
/// </summary>
public static class PreTokenizer
{
    /// <summary>Marks a piece that starts a white-space separated word: U+2581.</summary>
    public const char WordMark = '▁';

    /// <summary>The pieces of <paramref name="text"/> in order.</summary>
    public static IEnumerable<string> Split(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var start = 0;
            for (var i = 1; i <= word.Length; i++)
            {
                if (i < word.Length && IsWordChar(word[i]) && IsWordChar(word[i - 1])) continue;
                var piece = word[start..i];
                yield return start == 0 ? WordMark + piece : piece;
                start = i;
            }
        }
    }

    /// <summary>The text whose pieces these are.</summary>
    public static string Join(IEnumerable<string> pieces) =>
        string.Concat(pieces).Replace(WordMark, ' ').Trim();

    // Combining marks and surrogate halves belong to the character before them.
    private static bool IsWordChar(char c) => char.IsLetterOrDigit(c) || char.IsSurrogate(c)
        || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
