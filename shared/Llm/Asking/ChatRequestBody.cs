using System.Text.Json.Nodes;
using HsNas.Predictors.Prompting;

namespace HsNas.Llm.Asking;

/// <summary>
/// The body of a chat completion request. Written here and not by the SDK's model types because dialects differ in fields that
/// those types choose for themselves, and because a batch file holds the very same bodies.
/// </summary>
public static class ChatRequestBody
{
    /// <summary>
    /// One user message, no system message (docs/method.md, "Prompt"), asking about <paramref name="count"/> architectures.
    /// </summary>
    public static JsonObject Create(LlmOptions options, Prompt prompt, int count)
    {
        var body = new JsonObject
        {
            ["model"] = options.Model,
            ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = prompt.Text }),
            [options.EffectiveKind == ApiKind.Compatible ? "max_tokens" : "max_completion_tokens"] = options.TokenLimit(count),
        };
        if (options.Reasoning && options.ReasoningEffort.Length > 0) body["reasoning_effort"] = options.ReasoningEffort;
        if (!options.Reasoning && options.Temperature is { } temperature) body["temperature"] = temperature;
        if (options.Answers == AnswerForm.Schema) body["response_format"] = Schema();
        return body;
    }

    private static JsonObject Schema() => new()
    {
        ["type"] = "json_schema",
        ["json_schema"] = new JsonObject { ["name"] = AnswerSchema.Name, ["strict"] = true, ["schema"] = AnswerSchema.Create() },
    };
}
