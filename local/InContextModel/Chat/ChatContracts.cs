using System.Text.Json;

namespace HsNas.Local.InContextModel.Chat;

/// <summary>What is read of a chat completion request; the rest of the official form is accepted and ignored.</summary>
internal sealed record ChatRequest(
    string? Model, IReadOnlyList<ChatRequestMessage?>? Messages, int? N, bool? Stream, int? MaxTokens, int? MaxCompletionTokens,
    ResponseFormat? ResponseFormat)
{
    /// <summary>Most tokens of the answer; null where the request sets none.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int? TokenLimit => MaxCompletionTokens ?? MaxTokens;

    /// <summary>Whether the answer must be JSON of a schema.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool WantsSchema => ResponseFormat?.Type == "json_schema";
}

/// <summary>The form that a request wants its answer in.</summary>
internal sealed record ResponseFormat(string? Type, ResponseSchema? JsonSchema);

/// <summary>A named schema.</summary>
internal sealed record ResponseSchema(string? Name);

/// <summary>A message: content is a string, or a list of parts of which the text ones are read.</summary>
internal sealed record ChatRequestMessage(string? Role, JsonElement Content)
{
    /// <summary>The message's text.</summary>
    /// <exception cref="InvalidTextException">It is no Unicode text.</exception>
    public string Text() => Content.ValueKind switch
    {
        JsonValueKind.String => Read(Content),
        JsonValueKind.Array => string.Concat(Content.EnumerateArray()
            .Where(p => p.ValueKind == JsonValueKind.Object && p.TryGetProperty("text", out var t) && t.ValueKind == JsonValueKind.String)
            .Select(p => Read(p.GetProperty("text")))),
        _ => "",
    };

    private static string Read(JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidTextException(e);
        }
    }
}

/// <summary>A string of JSON whose bytes or escapes are no Unicode text.</summary>
internal sealed class InvalidTextException(Exception inner) : Exception("The text is not valid Unicode.", inner);

/// <summary>A chat completion, in the official form.</summary>
internal sealed record ChatCompletion(
    string Id, string Object, long Created, string Model, IReadOnlyList<ChatChoice> Choices, ChatUsage Usage, string SystemFingerprint);

/// <summary>One answer.</summary>
internal sealed record ChatChoice(int Index, ChatAnswer Message, string FinishReason);

/// <summary>The answer's message.</summary>
internal sealed record ChatAnswer(string Role, string? Content, string? Refusal);

/// <summary>Token counts; here estimates of a token every four characters, since a regression has no tokenizer.</summary>
internal sealed record ChatUsage(
    int PromptTokens, int CompletionTokens, int TotalTokens, PromptTokensDetails PromptTokensDetails,
    CompletionTokensDetails CompletionTokensDetails);

/// <summary>Of the prompt's tokens, those that an earlier prompt began with as well.</summary>
internal sealed record PromptTokensDetails(int CachedTokens);

/// <summary>Of the answer's tokens, those of hidden reasoning: none here.</summary>
internal sealed record CompletionTokensDetails(int ReasoningTokens);

/// <summary>An error, in the official form.</summary>
internal sealed record ChatError(ChatErrorBody Error);

/// <summary>What went wrong.</summary>
internal sealed record ChatErrorBody(string Message, string Type, string? Param, string? Code);

/// <summary>The list of models.</summary>
internal sealed record ModelList(string Object, IReadOnlyList<ModelEntry> Data);

/// <summary>One model.</summary>
internal sealed record ModelEntry(string Id, string Object, long Created, string OwnedBy);
