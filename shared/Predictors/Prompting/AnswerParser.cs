using System.Globalization;
using System.Text.RegularExpressions;
using HsNas.Kernel.Validation;

namespace HsNas.Predictors.Prompting;

/// <summary>What a model's reply was understood to say: a value, or the reason why there is none.</summary>
/// <param name="Value">BLEU, 0 to 100; null where the reply is unusable.</param>
/// <param name="Reason">Why there is no value; null where there is one.</param>
public readonly record struct ParsedAnswer(double? Value, string? Reason);

/// <summary>
/// Reads BLEU out of a reply. The number must stand first, after at most a label ("BLEU:", "The predicted BLEU score is
/// about"); text may follow it. A number anywhere else, a range, a decimal comma and anything outside 0 to 100 are
/// refused, because a wrong label costs more than asking again.
/// </summary>
public static partial class AnswerParser
{
    /// <summary>Characters of a reply that a reason quotes.</summary>
    internal const int Quoted = 80;

    /// <summary>Parses one reply; never throws.</summary>
    public static ParsedAnswer Parse(string? reply)
    {
        var text = reply?.Trim() ?? "";
        if (text.Length == 0)
        {
            return Refuse("the reply is empty");
        }

        var match = LeadingNumber().Match(text);
        if (!match.Success)
        {
            return Refuse($"no number where the answer should start: \"{Excerpt.Of(text, Quoted)}\"");
        }

        var rest = text[(match.Index + match.Length)..];
        if (Continuation().IsMatch(rest))
        {
            return Refuse($"more than one number, or not a plain decimal: \"{Excerpt.Of(text, Quoted)}\"");
        }

        var value = double.Parse(match.Groups["number"].ValueSpan, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture);
        return value is >= 0 and <= 100
            ? new ParsedAnswer(value, null)
            : Refuse($"{match.Groups["number"].Value} is not a BLEU; expected 0 to 100");
    }

    private static ParsedAnswer Refuse(string reason) => new(null, reason);

    [GeneratedRegex(
        @"^[\s""'*_`(\[]*((the\s+)?((predicted|estimated|expected)\s+)?(validation\s+)?BLEU"
            + @"(\s+score)?(\s+(is|would\s+be|will\s+be))?[\s*_`]*[:=\u2248~]?[\s*_`]*)?"
            + @"((about|around|approximately|roughly)\s+|[~\u2248]\s*)?(?<number>[+-]?(\d+(\.\d+)?|\.\d+))",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex LeadingNumber();

    // What must not follow the number: more digits in another notation, a unit glued on, or the second end of a range.
    [GeneratedRegex(
        @"^([\w]|[.,]\d|\s*(-|\u2013|\u2014|\u00b1|\+/-|/|to|or|and)\s*[+-]?\.?\d)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Continuation();
}
