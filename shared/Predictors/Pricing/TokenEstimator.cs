using System.Text;
using System.Text.RegularExpressions;

namespace HsNas.Predictors.Pricing;

/// <summary>
/// Estimates how many tokens a text has for the byte-pair tokenizers of current models. It cuts text as they do before
/// merging (words with the sign before them, digits by threes, runs of signs) and assumes that a word gives a token for every
/// eight letters. It is for models whose vocabulary is not at hand: for this project's prompts, which are mostly numbers and signs,
/// take it as good to about 15 %. Real counts come with the first answers.
/// </summary>
public sealed partial class TokenEstimator : ITokenCounter
{
    private const int LettersPerToken = 8;
    private const int BytesPerForeignToken = 4;
    private const int SignsPerToken = 3;

    private TokenEstimator()
    {
    }

    /// <summary>The estimator.</summary>
    public static TokenEstimator Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "estimate";

    /// <inheritdoc/>
    public bool IsExact => false;

    /// <inheritdoc/>
    public int Count(string text)
    {
        var count = 0;
        foreach (var piece in Pieces().EnumerateMatches(text)) count += Tokens(text.AsSpan(piece.Index, piece.Length));
        return count;
    }

    private static int Tokens(ReadOnlySpan<char> piece)
    {
        if (char.IsWhiteSpace(piece[^1]) || char.IsDigit(piece[^1])) return 1;
        if (!char.IsLetter(piece[^1])) return Ceiling(piece.Length, SignsPerToken);
        return System.Text.Ascii.IsValid(piece)
            ? Ceiling(piece.Length, LettersPerToken) : Ceiling(Encoding.UTF8.GetByteCount(piece), BytesPerForeignToken);
    }

    private static int Ceiling(int length, int unit) => (length + unit - 1) / unit;

    [GeneratedRegex(@"[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
        RegexOptions.CultureInvariant)]
    private static partial Regex Pieces();
}
