using HsNas.Functions.Tests.Support;
using HsNas.Llm;
using HsNas.Llm.Asking;
using HsNas.Llm.Labelling;
using HsNas.Predictors.Prompting;
using Microsoft.Extensions.Configuration;

namespace HsNas.Functions.Tests.Llm;

/// <summary>The settings of docs/llm.md, over the wire against a server that records what it was sent.</summary>
public sealed class DialectTests : IDisposable
{
    private static readonly string[] Common = ["model", "messages"];

    private readonly LabellerUnderTest _labeller = new();

    public void Dispose() => _labeller.Dispose();

    [Theory]
    [InlineData("", "/openai/v1/chat/completions")]
    [InlineData("/openai/v1/", "/openai/v1/chat/completions")]
    public async Task Azure_with_a_key(string path, string expected)
    {
        var sent = await SentAsync(a =>
            Settings(("Kind", "Azure"), ("Endpoint", a + path), ("Model", "DEPLOYMENT"), ("ApiKey", "the-key")));

        Assert.Equal((expected, "", "the-key"), (sent.Path, sent.Authorization, sent.ApiKey));
        Assert.Equal([.. Common, "max_completion_tokens"], Fields(sent));
        Assert.Equal(25, sent.Body.GetProperty("max_completion_tokens").GetInt32());
    }

    [Fact]
    public void Azure_with_identity_asks_for_no_key_and_reaches_the_v1_address()
    {
        var options = Settings(("Endpoint", "https://NAME.openai.azure.com"), ("Model", "DEPLOYMENT"), ("ModelVersion", "2024-07-18"),
            ("PricedAs", "gpt-4o-mini"));

        Assert.Equal(ApiKind.Azure, options.EffectiveKind);
        Assert.Equal("https://name.openai.azure.com/openai/v1/", LlmClients.BaseAddress(options)!.ToString());
        Assert.Equal("https://cognitiveservices.azure.com/.default", options.Scope);
        Assert.NotNull(LlmClients.Create(options));
        Assert.NotNull(new LlmPrices(options).Price);
    }

    [Fact]
    public async Task OpenAI_with_a_key()
    {
        var sent = await SentAsync(a =>
            Settings(("Kind", "OpenAI"), ("Endpoint", a + "/v1"), ("ApiKey", "sk-1"), ("Model", "gpt-4o-mini")));

        Assert.Equal(("/v1/chat/completions", "Bearer sk-1", ""), (sent.Path, sent.Authorization, sent.ApiKey));
        Assert.Equal([.. Common, "max_completion_tokens"], Fields(sent));
        Assert.Equal("gpt-4o-mini", sent.Body.GetProperty("model").GetString());
    }

    [Fact]
    public void OpenAI_is_the_default_and_wants_a_key()
    {
        var options = Settings(("ApiKey", ""));

        Assert.Equal((ApiKind.OpenAI, null), (options.EffectiveKind, LlmClients.BaseAddress(options)));
        Assert.Contains("Llm__ApiKey", Assert.Throws<LabelException>(() => LlmClients.Create(options)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://api.openai.com/v1", ApiKind.OpenAI)]
    [InlineData("https://NAME.openai.azure.com", ApiKind.Azure)]
    [InlineData("https://NAME.cognitiveservices.azure.com/openai/v1", ApiKind.Azure)]
    [InlineData("https://api.openai.com.example/v1", ApiKind.Compatible)]
    [InlineData("http://localhost:11434/v1", ApiKind.Compatible)]
    public void A_host_tells_its_dialect(string endpoint, ApiKind kind) =>
        Assert.Equal(kind, new LlmOptions { Endpoint = endpoint }.EffectiveKind);

    [Fact]
    public async Task Ollama_and_vLLM_without_a_key()
    {
        var sent = await SentAsync(a => Settings(("Endpoint", a + "/v1"), ("Model", "llama3.1:8b")));

        Assert.Equal(("/v1/chat/completions", ""), (sent.Path, sent.ApiKey));
        Assert.Equal([.. Common, "max_tokens"], Fields(sent));
        Assert.Equal("llama3.1:8b", sent.Body.GetProperty("model").GetString());
    }

    [Fact]
    public async Task Reasoning_models_get_an_effort_room_and_no_temperature()
    {
        var sent = await SentAsync(a => Settings(
            ("Kind", "OpenAI"), ("Endpoint", a + "/v1"), ("ApiKey", "k"), ("Reasoning", "true"), ("ReasoningEffort", "low"),
                ("Temperature", "0.5")));

        Assert.Equal([.. Common, "max_completion_tokens", "reasoning_effort"], Fields(sent));
        Assert.Equal(("low", 4121),
            (sent.Body.GetProperty("reasoning_effort").GetString(), sent.Body.GetProperty("max_completion_tokens").GetInt32()));
    }

    [Fact]
    public async Task A_temperature_and_a_schema_are_sent_where_they_are_set()
    {
        var sent = await SentAsync(a => Settings(("Endpoint", a + "/v1"), ("Temperature", "0.5"), ("Answers", "Schema")),
            """{"predictions":[{"architecture":1,"bleu":26.5}]}""");

        Assert.Equal([.. Common, "max_tokens", "temperature", "response_format"], Fields(sent));
        Assert.Equal(0.5, sent.Body.GetProperty("temperature").GetDouble());
        var schema = sent.Body.GetProperty("response_format").GetProperty("json_schema");
        Assert.Equal(AnswerSchema.Name, schema.GetProperty("name").GetString());
        Assert.False(schema.GetProperty("schema").GetProperty("additionalProperties").GetBoolean());
    }

    [Theory]
    [InlineData("Endpoint", "no address")]
    [InlineData("Kind", "Azure")]
    [InlineData("Temperature", "2.5")]
    [InlineData("ArchitecturesPerCall", "0")]
    [InlineData("Concurrency", "0")]
    [InlineData("Timeout", "00:00:00")]
    [InlineData("MaxUnanswered", "1")]
    public void A_setting_out_of_range_is_named(string name, string value) =>
        Assert.Contains("Setting Llm__", Assert.Throws<InvalidOperationException>(() => Settings((name, value))).Message,
            StringComparison.Ordinal);

    // As the app reads them.
    private static LlmOptions Settings(params (string Name, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"Llm:{s.Name}", (string?)s.Value))).Build().GetSection("Llm")
            .Get<LlmOptions>()!.Validated();

    private static IEnumerable<string> Fields(SentRequest sent) => sent.Body.EnumerateObject().Select(f => f.Name);

    private async Task<SentRequest> SentAsync(Func<string, LlmOptions> settings, string answer = "26.50")
    {
        await using var model = await RecordingModel.StartAsync(_ => RecordingModel.Completion(answer));
        Assert.Equal([26.5], (await _labeller.AskAsync(settings(model.Address))).Bleu);
        return Assert.Single(model.Requests);
    }
}
