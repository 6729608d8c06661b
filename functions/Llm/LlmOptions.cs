namespace HsNas.Functions.Llm;

/// <summary>Which language model is asked, from configuration section "Llm".</summary>
internal sealed record LlmOptions
{
    /// <summary>Base address, ending in "/v1" or "/openai/v1/"; OpenAI's own where empty.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>Model or deployment name.</summary>
    public string Model { get; init; } = "gpt-4o-mini";

    /// <summary>Name of the version in force, part of the ledger key; change it when the deployment's model changes.</summary>
    public string ModelVersion { get; init; } = "1";

    /// <summary>API key; identity (DefaultAzureCredential) is used where empty.</summary>
    public string ApiKey { get; init; } = "";

    /// <summary>Token scope for identity.</summary>
    public string Scope { get; init; } = "https://cognitiveservices.azure.com/.default";

    /// <summary>Calls in flight in one activity.</summary>
    public int Concurrency { get; init; } = 8;

    /// <summary>Most tokens of an answer (hsnas-facts G: 25).</summary>
    public int MaxOutputTokens { get; init; } = 25;

    /// <summary>Attempts for an answer that is no number, each a new sample.</summary>
    public int Samples { get; init; } = 5;

    /// <summary>Asked architectures of one activity.</summary>
    public int BatchSize { get; init; } = 100;

    /// <summary>Deadline of one call.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);
}
