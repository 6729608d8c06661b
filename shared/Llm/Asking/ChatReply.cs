using System.Text.Json;
using HsNas.Predictors.LanguageModels;

namespace HsNas.Llm.Asking;

/// <summary>What is kept of a chat completion.</summary>
/// <param name="Text">The answer, or what a refusal says.</param>
/// <param name="Refused">Whether it is marked as a refusal.</param>
/// <param name="FinishReason">As the provider names it.</param>
/// <param name="Usage">Tokens; zero where the provider does not count.</param>
public sealed record ChatReply(string Text, bool Refused, string? FinishReason, TokenUsage Usage)
{
    /// <summary>A question that a content filter refused before any model saw it.</summary>
    public static ChatReply Filtered(string message) => new(message, Refused: true, "content_filter", default);

    /// <summary>Reads a completion; whatever compatible servers leave out is taken as absent.</summary>
    /// <exception cref="JsonException">It is no chat completion.</exception>
    public static ChatReply Read(JsonElement completion)
    {
        if (Member(completion, "choices") is not { ValueKind: JsonValueKind.Array } choices || choices.GetArrayLength() == 0)
            throw new JsonException("The completion has no choices.");
        var choice = choices[0];
        var message = Member(choice, "message");
        var refusal = String(message, "refusal");
        return new ChatReply(refusal ?? String(message, "content") ?? "", refusal is not null, String(choice, "finish_reason"),
            ReadUsage(Member(completion, "usage")));
    }

    private static TokenUsage ReadUsage(JsonElement? usage) => new(
        Number(usage, "prompt_tokens"),
        Number(Member(usage, "prompt_tokens_details"), "cached_tokens"),
        Number(usage, "completion_tokens"),
        Number(Member(usage, "completion_tokens_details"), "reasoning_tokens"));

    private static JsonElement? Member(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } o && o.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null
            ? member : null;

    private static string? String(JsonElement? parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static long Number(JsonElement? parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) && value > 0 ? value : 0;
}
