using System.Text.Json.Nodes;

namespace HsNas.Predictors.Prompting;

/// <summary>
/// The JSON schema of <see cref="AnswerForm.Schema"/>. It keeps to what strict modes of providers have in common: every
/// field required, nothing additional, no bounds.
/// </summary>
public static class AnswerSchema
{
    /// <summary>Name of the schema.</summary>
    public const string Name = "bleu_predictions";

    /// <summary>The list of answers.</summary>
    public const string Predictions = "predictions";

    /// <summary>An architecture's number in the prompt.</summary>
    public const string Number = "architecture";

    /// <summary>Its predicted BLEU.</summary>
    public const string Bleu = "bleu";

    /// <summary>The schema, made anew: JSON nodes belong to one document.</summary>
    public static JsonObject Create() => Object(new JsonObject
    {
        [Predictions] = new JsonObject
        {
            ["type"] = "array",
            ["description"] = "One entry for each architecture asked about, in order.",
            ["items"] = Object(new JsonObject
            {
                [Number] = Field("integer", "Number of the architecture in the prompt; 1 where there is only one."),
                [Bleu] = Field("number", "Expected BLEU, 0 to 100, with two decimals."),
            }),
        },
    });

    private static JsonObject Field(string type, string description) => new() { ["type"] = type, ["description"] = description };

    private static JsonObject Object(JsonObject properties) => new()
    {
        ["type"] = "object",
        ["properties"] = properties,
        ["required"] = new JsonArray([.. properties.Select(p => (JsonNode)p.Key)]),
        ["additionalProperties"] = false,
    };
}
