namespace HsNas.Llm.Tokens;

/// <summary>Which encoding a model's tokens are counted in.</summary>
internal static class ModelEncodings
{
    /// <summary>Encoding of GPT-4o and later.</summary>
    public const string O200k = "o200k_base";

    /// <summary>Encoding of GPT-4 and GPT-3.5.</summary>
    public const string Cl100k = "cl100k_base";

    private const string FineTuned = "ft:";

    // As OpenAI's tiktoken publishes them. A name covers its variants and dates: gpt-4o also gpt-4o-mini and gpt-4o-2024-08-06.
    private static readonly Dictionary<string, string> Published = new(StringComparer.Ordinal)
    {
        ["gpt-5"] = O200k,
        ["gpt-4.5"] = O200k,
        ["gpt-4.1"] = O200k,
        ["gpt-4o"] = O200k,
        ["chatgpt-4o"] = O200k,
        ["o1"] = O200k,
        ["o3"] = O200k,
        ["o4-mini"] = O200k,
        ["gpt-4"] = Cl100k,
        ["gpt-3.5"] = Cl100k,
        // As Azure spells it.
        ["gpt-35"] = Cl100k,
    };

    /// <summary>The encoding; null for a model that none was published for.</summary>
    public static string? TryGet(string model)
    {
        var name = model.StartsWith(FineTuned, StringComparison.Ordinal) ? model[FineTuned.Length..].Split(':')[0] : model;
        return Published.FirstOrDefault(e => name == e.Key || name.StartsWith($"{e.Key}-", StringComparison.Ordinal)).Value;
    }
}
