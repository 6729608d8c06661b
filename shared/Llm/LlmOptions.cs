using System.Globalization;
using HsNas.Predictors.Prompting;
using Microsoft.Extensions.Configuration;

namespace HsNas.Llm;

/// <summary>Whose dialect the endpoint speaks.</summary>
public enum ApiKind
{
    /// <summary>By the endpoint: none, or OpenAI's own host, is OpenAI; a host of Azure is Azure; any other is compatible.</summary>
    Auto,

    /// <summary>OpenAI: bearer key, max_completion_tokens.</summary>
    OpenAI,

    /// <summary>
    /// Azure OpenAI: identity, or a key in header api-key; max_completion_tokens. At its deployments address with
    /// <see cref="LlmOptions.ApiVersion"/>, else at v1.
    /// </summary>
    Azure,

    /// <summary>Ollama, vLLM and the like: key optional, max_tokens.</summary>
    Compatible,
}

/// <summary>Which language model is asked and how, from configuration section "Llm"; docs/llm.md shows whole sets of settings.</summary>
public sealed record LlmOptions
{
    private const string Section = "Llm";
    private const string OpenAIHost = "api.openai.com";

    /// <summary>Dialect of the endpoint.</summary>
    public ApiKind Kind { get; init; }

    /// <summary>
    /// Base address: https://NAME.openai.azure.com for Azure, an address ending in /v1 for others; OpenAI's own where empty.
    /// </summary>
    public string Endpoint { get; init; } = "";

    /// <summary>
    /// Version of Azure OpenAI's deployments address, /openai/deployments/NAME?api-version=, "2024-10-21" for example; empty: the v1
    /// address. The endpoint is then the resource's or the gateway's, without /openai.
    /// </summary>
    public string ApiVersion { get; init; } = "";

    /// <summary>Model or deployment name.</summary>
    public string Model { get; init; } = "gpt-4o-mini";

    /// <summary>Name of the version in force, part of the ledger key; change it when the model behind the name changes.</summary>
    public string ModelVersion { get; init; } = "1";

    /// <summary>API key. Where empty: identity (DefaultAzureCredential) for Azure, none for compatible endpoints.</summary>
    public string ApiKey { get; init; } = "";

    /// <summary>Token scope for identity.</summary>
    public string Scope { get; init; } = "https://cognitiveservices.azure.com/.default";

    /// <summary>Whether it is a reasoning model: no temperature, an effort, room for hidden tokens.</summary>
    public bool Reasoning { get; init; }

    /// <summary>
    /// Effort of a reasoning model, as the provider spells it ("minimal", "low", "medium", "high"); its default where empty.
    /// </summary>
    public string ReasoningEffort { get; init; } = "";

    /// <summary>Temperature of a classic model, 0 to 2; the provider's default where null, as in the paper.</summary>
    public double? Temperature { get; init; }

    /// <summary>Form of answers; a schema needs a provider that offers structured output.</summary>
    public AnswerForm Answers { get; init; } = AnswerForm.Text;

    /// <summary>Architectures asked about in one call, 1 to 100; 1 is the paper's.</summary>
    public int ArchitecturesPerCall { get; init; } = 1;

    /// <summary>Most tokens of an answer; by form, architectures per call and reasoning where null (the paper's 25 for its form).</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>Attempts for an answer that cannot be used, each a new sample that is paid for.</summary>
    public int Samples { get; init; } = 8;

    /// <summary>Share of architectures that may stay without a usable answer; they are left out of the training.</summary>
    public double MaxUnanswered { get; init; } = 0.02;

    /// <summary>Calls in flight in one process at most; fewer after a 429.</summary>
    public int Concurrency { get; init; } = 16;

    /// <summary>Retries of one call after 408, 409, 429, 5xx, lost connections and time-outs.</summary>
    public int Retries { get; init; } = 8;

    /// <summary>Deadline of one attempt.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Deadline of one call with all its retries and waits.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Architectures of one activity.</summary>
    public int BatchSize { get; init; } = 100;

    /// <summary>True: never call; every answer must be in the ledger.</summary>
    public bool Offline { get; init; }

    /// <summary>
    /// The model behind a deployment that is called otherwise: its price and its tokenizer are looked up under this name.
    /// </summary>
    public string PricedAs { get; init; } = "";

    /// <summary>The user's own prices; they replace the list's.</summary>
    public PriceOptions? Price { get; init; }

    /// <summary>When the provider retires the model; warnings begin 60 days before.</summary>
    public DateOnly? RetirementDate { get; init; }

    /// <summary>The name under which price and tokenizer are looked up.</summary>
    public string KnownAs => PricedAs.Length > 0 ? PricedAs : Model;

    /// <summary>The dialect in force.</summary>
    public ApiKind EffectiveKind => Kind != ApiKind.Auto ? Kind
        : ApiVersion.Length > 0 ? ApiKind.Azure
        : Endpoint.Length == 0 ? ApiKind.OpenAI
        : !Uri.TryCreate(Endpoint, UriKind.Absolute, out var uri) ? ApiKind.Compatible
        : uri.Host.EndsWith(".azure.com", StringComparison.OrdinalIgnoreCase) ? ApiKind.Azure
        : uri.Host.Equals(OpenAIHost, StringComparison.OrdinalIgnoreCase) ? ApiKind.OpenAI
        : ApiKind.Compatible;

    /// <summary>Most tokens of an answer about <paramref name="count"/> architectures.</summary>
    public int TokenLimit(int count)
    {
        const int PaperLimit = 25, TextLine = 14, SchemaItem = 24, SchemaFrame = 40, ReasoningRoom = 4096;
        if (MaxOutputTokens is { } most) return most;
        var visible = Answers == AnswerForm.Schema
            ? SchemaFrame + (SchemaItem * count) : count == 1 ? PaperLimit : PaperLimit + (TextLine * count);
        return visible + (Reasoning ? ReasoningRoom : 0);
    }

    /// <summary>Settings that change answers, for the ledger's key; empty for the paper's.</summary>
    public string Settings
    {
        get
        {
            List<string> parts = [];
            if (Answers != AnswerForm.Text) parts.Add("schema");
            if (Reasoning) parts.Add($"reasoning={ReasoningEffort}");
            else if (Temperature is { } t) parts.Add($"temperature={t.ToString(CultureInfo.InvariantCulture)}");
            return string.Join(' ', parts);
        }
    }

    /// <summary>Names of all settings, as <see cref="Read"/> looks for them: "Llm:Model", "Llm:Price:InputPerMillion" ...</summary>
    public static IEnumerable<string> SettingNames =>
    [
        .. typeof(LlmOptions).GetProperties().Where(p => p.CanWrite && p.PropertyType != typeof(PriceOptions))
            .Select(p => $"{Section}:{p.Name}"),
        .. typeof(PriceOptions).GetProperties().Select(p => $"{Section}:{nameof(Price)}:{p.Name}"),
    ];

    /// <summary>The options of a configuration; defaults where it is silent.</summary>
    /// <exception cref="InvalidOperationException">A setting is unreadable or out of range; names it, its value and what is
    /// allowed.</exception>
    public static LlmOptions Read(IConfiguration configuration) =>
        (configuration.GetSection(Section).Get<LlmOptions>() ?? new LlmOptions()).Validated();

    /// <summary>The options, if they are in range.</summary>
    /// <exception cref="InvalidOperationException">Names the setting, its value and what is allowed.</exception>
    public LlmOptions Validated()
    {
        Demand(Enum.IsDefined(Kind), "Kind", Kind, string.Join(", ", Enum.GetNames<ApiKind>()));
        Demand(Endpoint.Length == 0 || (Uri.TryCreate(Endpoint, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"),
            "Endpoint", Endpoint, "an http address");
        Demand(Endpoint.Length > 0 || Kind is ApiKind.Auto or ApiKind.OpenAI, "Endpoint", "empty", $"an address, since Kind is {Kind}");
        DemandDeployments();
        Demand(Model.Length > 0, "Model", "empty", "a name");
        Demand(Temperature is null or (>= 0 and <= 2), "Temperature", Temperature, "0 to 2");
        Demand(ArchitecturesPerCall is >= 1 and <= 100, "ArchitecturesPerCall", ArchitecturesPerCall, "1 to 100");
        Demand(MaxOutputTokens is null or >= 1, "MaxOutputTokens", MaxOutputTokens, "1 or more");
        Demand(Samples is >= 1 and <= 100, "Samples", Samples, "1 to 100");
        Demand(MaxUnanswered is >= 0 and < 1, "MaxUnanswered", MaxUnanswered, "0 to below 1");
        Demand(Concurrency is >= 1 and <= 1000, "Concurrency", Concurrency, "1 to 1000");
        Demand(Retries is >= 1 and <= 100, "Retries", Retries, "1 to 100");
        Demand(Timeout > TimeSpan.Zero && Deadline >= Timeout, "Deadline", Deadline, "a time not below Timeout, which is above zero");
        Demand(Price is null or { InputPerMillion: >= 0, OutputPerMillion: >= 0, CachedInputPerMillion: null or >= 0 }, "Price", Price,
            "dollars for a million tokens, not below 0");
        Demand(Price?.BatchFactor is null or (>= 0 and <= 1), "Price:BatchFactor", Price?.BatchFactor, "0 to 1");
        Demand(BatchSize is >= 1 and <= 10_000, "BatchSize", BatchSize, "1 to 10000");
        return this;
    }

    private void DemandDeployments()
    {
        if (ApiVersion.Length == 0) return;
        Demand(AzureApiVersion.IsValid(ApiVersion), "ApiVersion", ApiVersion, AzureApiVersion.Allowed);
        Demand(EffectiveKind == ApiKind.Azure, "Kind", Kind, "Azure or Auto, since Llm__ApiVersion is set");
        Demand(Endpoint.Length > 0, "Endpoint", "empty", "an address, since Llm__ApiVersion is set");
        var path = new Uri(Endpoint).AbsolutePath;
        var other = path.TrimEnd('/').EndsWith("/openai/v1", StringComparison.OrdinalIgnoreCase)
            || path.Contains("/openai/deployments", StringComparison.OrdinalIgnoreCase);
        Demand(!other, "Endpoint", Endpoint,
            "with Llm__ApiVersion the address that /openai/deployments/NAME is added to; for one ending in /openai/v1 leave "
                + "Llm__ApiVersion unset");
    }

    private static void Demand(bool holds, string setting, object? value, string allowed)
    {
        if (holds) return;
        var name = $"{Section}__{setting.Replace(":", "__", StringComparison.Ordinal)}";
        throw new InvalidOperationException(
            $"Setting {name} is {Convert.ToString(value, CultureInfo.InvariantCulture)}; allowed: {allowed}.");
    }
}

/// <summary>The user's own prices, US dollars for a million tokens: settings Llm__Price__InputPerMillion and so on.</summary>
public sealed record PriceOptions
{
    /// <summary>Prompt tokens.</summary>
    public decimal InputPerMillion { get; init; }

    /// <summary>Cached prompt tokens; as others where null.</summary>
    public decimal? CachedInputPerMillion { get; init; }

    /// <summary>Answer tokens.</summary>
    public decimal OutputPerMillion { get; init; }

    /// <summary>What share of the price batches cost.</summary>
    public decimal? BatchFactor { get; init; }
}
