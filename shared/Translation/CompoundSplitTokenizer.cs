using System.Text.RegularExpressions;

namespace HsNas.Translation;

/// <summary>
/// Tokens of the "normal" BLEU of the Transformer literature (docs/method.md, "Decoding and BLEU"): tokenised text whose
/// compounds are split, so that every x-y between non-spaces becomes three tokens, in all languages. Text here is not
/// tokenised beforehand, so tokens are those of <see cref="Tokenizer13a"/>.
/// </summary>
public static partial class CompoundSplitTokenizer
{
    /// <summary>What scores made with these tokens are; corpus BLEU-4 without smoothing.</summary>
    public const string Signature = "nrefs:1|case:mixed|eff:no|tok:13a+compound-split|smooth:none";

    /// <summary>What splits a compound.</summary>
    public const string Mark = "##AT##-##AT##";

    // Stands for an unknown symbol in a reference. No hypothesis holds it, so it never matches.
    private const string UnknownInReference = "<<unk>>";

    /// <summary>Tokens of a hypothesis.</summary>
    public static string[] Tokenize(string line) =>
        [.. Tokenizer13a.Tokenize(line).SelectMany(token => Compound().Replace(token, $" {Mark} ").Split(' '))];

    /// <summary>Tokens of a reference: those that hold an unknown symbol (U+FFFD) match nothing.</summary>
    public static string[] TokenizeReference(string line) =>
        [.. Tokenize(line).Select(token => token.Contains('\uFFFD', StringComparison.Ordinal) ? UnknownInReference : token)];

    [GeneratedRegex(@"(?<=\S)-(?=\S)")]
    private static partial Regex Compound();
}
