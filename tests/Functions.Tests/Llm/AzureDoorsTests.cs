using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json.Nodes;
using Azure.Core;
using HsNas.Functions.Distillation.Batches;
using HsNas.Functions.Distillation.Redistillation;
using HsNas.Functions.Tests.Support;
using HsNas.Kernel.Validation;
using HsNas.Llm;
using HsNas.Llm.Asking;
using HsNas.Predictors.LanguageModels;
using HsNas.Predictors.Prompting;

namespace HsNas.Functions.Tests.Llm;

/// <summary>Azure OpenAI by its v1 address and by its deployments address, over the wire with both packages.</summary>
public sealed class AzureDoorsTests : IDisposable
{
    private const string Deployments = "/openai/deployments/my-mini/chat/completions";

    private readonly LabellerUnderTest _labeller = new();

    public void Dispose() => _labeller.Dispose();

    [Theory]
    [InlineData("", "", "/openai/v1/chat/completions", "")]
    [InlineData("", "2024-10-21", Deployments, "?api-version=2024-10-21")]
    [InlineData("", "2025-04-01-preview", Deployments, "?api-version=2025-04-01-preview")]
    [InlineData("", "2031-01-31-preview", Deployments, "?api-version=2031-01-31-preview")]
    [InlineData("/gateway/a", "2024-10-21", $"/gateway/a{Deployments}", "?api-version=2024-10-21")]
    public async Task A_key_goes_to_the_door_that_the_api_version_chooses(string below, string version, string path, string query)
    {
        await using var model = await RecordingModel.StartAsync(
            _ => RecordingModel.Completion("26.50", prompt: 120, cached: 64, completion: 5));

        var labels = await _labeller.AskAsync(Options(model.Address + below, version));

        var sent = Assert.Single(model.Requests);
        Assert.Equal(("POST", path, query, "", "the-key"), (sent.Method, sent.Path, sent.Query, sent.Authorization, sent.ApiKey));
        Assert.Equal(["model", "messages", "max_completion_tokens"], sent.Body.EnumerateObject().Select(f => f.Name));
        Assert.Equal([26.5], labels.Bleu);
        Assert.Equal(new TokenUsage(120, 64, 5, 0), labels.Tally.Usage);
    }

    [Theory]
    [InlineData("", "/openai/v1/chat/completions", "")]
    [InlineData("2024-10-21", Deployments, "?api-version=2024-10-21")]
    public async Task A_token_for_the_configured_scope_goes_out_when_there_is_no_key(string version, string path, string query)
    {
        await using var model = await RecordingModel.StartAsync(_ => RecordingModel.Completion("26.50"), OwnCertificate.Instance);
        var (options, identity) = (Options(model.Address, version) with { ApiKey = "", Scope = "https://models.example/.default" },
            new Identity());
        using var trusting = new HttpClient(OwnCertificate.Handler());
        var client = LlmClients.Create(options, () => identity, new HttpClientPipelineTransport(trusting)).GetChatClient(options.Model);

        var body = ChatRequestBody.Create(options, new Prompt("a", "b"), 1);
        await client.CompleteChatAsync(BinaryContent.Create(BinaryData.FromString(body.ToJsonString())), new RequestOptions());

        var sent = Assert.Single(model.Requests);
        Assert.Equal((path, query, "Bearer the-token", ""), (sent.Path, sent.Query, sent.Authorization, sent.ApiKey));
        Assert.Equal(["https://models.example/.default"], identity.Scopes);
    }

    [Fact]
    public async Task A_schema_and_a_reasoning_effort_pass_the_deployments_door_unchanged()
    {
        const string answer = """{"predictions":[{"architecture":1,"bleu":26.5}]}""";
        await using var model = await RecordingModel.StartAsync(_ => RecordingModel.Completion(answer));
        var options = Options(model.Address, "2024-10-21") with { Answers = AnswerForm.Schema, Reasoning = true, ReasoningEffort = "low" };

        var labels = await _labeller.AskAsync(options);

        var sent = Assert.Single(model.Requests).Body;
        Assert.Equal([26.5], labels.Bleu);
        Assert.Equal("low", sent.GetProperty("reasoning_effort").GetString());
        Assert.True(JsonNode.DeepEquals(AnswerSchema.Create(),
            JsonNode.Parse(sent.GetProperty("response_format").GetProperty("json_schema").GetProperty("schema").GetRawText())));
    }

    [Fact]
    public async Task What_the_deployments_door_refuses_is_handled_as_at_v1()
    {
        await using var model = await RecordingModel.StartAsync(n => n switch
        {
            1 => RecordingModel.Busy("1"),
            2 => RecordingModel.Filtered(),
            _ => RecordingModel.Completion("26.50"),
        });
        var run = _labeller.Run();

        var labels = await _labeller.AskAsync(Options(model.Address, "2024-10-21"), run: run);

        Assert.Equal([26.5], labels.Bleu);
        Assert.Equal((3, 1, 1), (model.Requests.Count, run.Troubles.Throttled, labels.Tally.Refused));
    }

    [Theory]
    [InlineData("latest", "", "Auto", "Setting Llm__ApiVersion is latest; allowed: a date as YYYY-MM-DD or YYYY-MM-DD-preview")]
    [InlineData("2024-06-01", "", "Auto", "not before 2024-09-01")]
    [InlineData("2024-10-21", "/openai/v1/", "Auto", "for one ending in /openai/v1 leave Llm__ApiVersion unset")]
    [InlineData("2024-10-21", "/openai/deployments/m", "Auto", "Setting Llm__Endpoint")]
    [InlineData("2024-10-21", "", "Compatible", "since Llm__ApiVersion is set")]
    public void A_setting_that_does_not_go_with_the_deployments_door_is_named(string version, string path, string kind, string expected)
    {
        var options = Options($"https://gateway.example{path}", version) with { Kind = Enum.Parse<ApiKind>(kind) };

        Assert.Contains(expected, Assert.Throws<InvalidOperationException>(() => options.Validated()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_deployments_door_needs_an_address() => Assert.Contains(
        "since Llm__ApiVersion is set", Assert.Throws<InvalidOperationException>(() => Options("", "2024-10-21").Validated()).Message,
            StringComparison.Ordinal);

    [Fact]
    public async Task Batches_are_refused_at_the_deployments_door_by_name()
    {
        var llm = Options("https://gateway.example", "2024-10-21");

        var atStart = Assert.Throws<OptionException>(() => new RedistillationOptions { Batch = true }.Validated(llm));
        var asked = await Assert.ThrowsAsync<LabelException>(() => new BatchApi(llm, TimeProvider.System)
            .GetAsync("batch_1", CancellationToken.None));

        Assert.All([atStart.Message, asked.Message], m => Assert.Contains("Llm__ApiVersion", m, StringComparison.Ordinal));
        Assert.Same(llm, llm.Validated());
        Assert.True(new RedistillationOptions { Batch = true }.Validated(llm with { ApiVersion = "" }).Batch);
    }

    private static LlmOptions Options(string endpoint, string version) => LabellerUnderTest.Options with
    {
        Kind = version.Length > 0 ? ApiKind.Auto : ApiKind.Azure,
        Endpoint = endpoint,
        ApiVersion = version,
        Model = "my-mini",
        ApiKey = "the-key",
    };

    private sealed class Identity : TokenCredential
    {
        public List<string> Scopes { get; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes.AddRange(requestContext.Scopes);
            return new AccessToken("the-token", DateTimeOffset.MaxValue);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
