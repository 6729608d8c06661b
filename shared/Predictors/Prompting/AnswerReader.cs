using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using HsNas.Kernel.Validation;

namespace HsNas.Predictors.Prompting;

/// <summary>In which form a model is asked to answer.</summary>
public enum AnswerForm
{
    /// <summary>A number, or one numbered line for each architecture where there are several: the paper's form.</summary>
    Text,

    /// <summary>JSON under <see cref="AnswerSchema"/>, where the provider constrains its output to a schema.</summary>
    Schema,
}

/// <summary>
/// Reads a reply that may hold several answers. Each architecture gets a value or a reason of its own, so that one bad line
/// spoils nothing else. Ranges are checked here whatever a provider promises about its schema. Never throws.
/// </summary>
public static partial class AnswerReader
{
    /// <summary>One answer for each of <paramref name="count"/> architectures, in order.</summary>
    public static IReadOnlyList<ParsedAnswer> Read(string? reply, int count, AnswerForm form) => form switch
    {
        AnswerForm.Schema => ReadSchema(reply ?? "", count),
        _ when count == 1 => [AnswerParser.Parse(reply)],
        _ => ReadLines(reply ?? "", count),
    };

    private static ParsedAnswer[] ReadLines(string reply, int count)
    {
        var answers = new Answers(count);
        foreach (var line in reply.Split('\n'))
            if (NumberedLine().Match(line) is { Success: true } match
                && int.TryParse(match.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                answers.Set(number, AnswerParser.Parse(match.Groups["answer"].Value));
        return answers.ToArray();
    }

    private static ParsedAnswer[] ReadSchema(string reply, int count)
    {
        try
        {
            using var document = JsonDocument.Parse(reply);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty(AnswerSchema.Predictions, out var items) || items.ValueKind != JsonValueKind.Array)
                return All(count, $"no list \"{AnswerSchema.Predictions}\" in the reply");
            var answers = new Answers(count);
            foreach (var item in items.EnumerateArray())
                if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty(AnswerSchema.Number, out var n)
                    && n.ValueKind == JsonValueKind.Number && n.TryGetInt32(out var number))
                    answers.Set(number, Bleu(item));
            return answers.ToArray();
        }
        catch (JsonException)
        {
            return All(count, $"the reply is not JSON: \"{Excerpt.Of(reply, AnswerParser.Quoted)}\"");
        }
    }

    private static ParsedAnswer Bleu(JsonElement item) =>
        !item.TryGetProperty(AnswerSchema.Bleu, out var bleu) || bleu.ValueKind != JsonValueKind.Number || !bleu.TryGetDouble(out var value)
            ? new ParsedAnswer(null, $"\"{AnswerSchema.Bleu}\" is not a number")
            : value is >= 0 and <= 100
                ? new ParsedAnswer(value, null)
                : new ParsedAnswer(null, $"{bleu.GetRawText()} is not a BLEU; expected 0 to 100");

    private static ParsedAnswer[] All(int count, string reason) => [.. Enumerable.Repeat(new ParsedAnswer(null, reason), count)];


    // A number given twice is ambiguous, even where both agree with 0 to 100.
    private sealed class Answers(int count)
    {
        private readonly ParsedAnswer?[] _items = new ParsedAnswer?[count];

        public void Set(int number, ParsedAnswer answer)
        {
            if (number < 1 || number > _items.Length) return;
            _items[number - 1] = _items[number - 1] is null
                ? answer : new ParsedAnswer(null, $"architecture {number} is answered more than once");
        }

        public ParsedAnswer[] ToArray() => [.. _items.Select((a, i) => a ?? new ParsedAnswer(null, $"no answer for architecture {i + 1}"))];
    }

    [GeneratedRegex(@"^[\s""'*_`(\[-]*(architecture\s+)?(?<number>\d{1,4})[*_`)\]]*\s*[:.)=][*_`]*\s+(?<answer>\S.*)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex NumberedLine();
}
