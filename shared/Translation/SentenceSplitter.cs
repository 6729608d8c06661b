using System.Text.RegularExpressions;

namespace HsNas.Translation;

/// <summary>Cuts aligned paragraphs into aligned sentences.</summary>
public static partial class SentenceSplitter
{
    /// <summary>
    /// The paragraph pair cut at sentence ends where both sides have the same number of sentences; else the pair itself.
    /// </summary>
    public static IEnumerable<SentencePair> Split(SentencePair paragraph)
    {
        var source = Boundary().Split(paragraph.Source);
        var target = Boundary().Split(paragraph.Target);
        return source.Length == target.Length
            ? source.Zip(target, (s, t) => new SentencePair(s, t))
            : [paragraph];
    }

    // A full stop, question or exclamation mark, an optional closing mark, white space, then an upper-case start.
    [GeneratedRegex(@"(?<=[.!?][""”“)]?)\s+(?=[""„“(]?\p{Lu})", RegexOptions.CultureInvariant)]
    private static partial Regex Boundary();
}
