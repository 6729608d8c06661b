using System.ClientModel;
using System.Text;
using System.Text.Json;
using OpenAI;
using OpenAI.Chat;

namespace HsNas.InContextModel.Tests;

public sealed class ErrorTests(RunningModel model) : IClassFixture<RunningModel>
{
    [Theory]
    [InlineData("""{"model":"gpt-4o","messages":[{"role":"user","content":"hi"}]}""", 404, "model", "model_not_found")]
    [InlineData("""{"messages":[{"role":"user","content":"hi"}]}""", 404, "model", "model_not_found")]
    [InlineData("""{"model":"in-context-regression","stream":true,"messages":[{"role":"user","content":"hi"}]}""", 400, "stream",
        "unsupported_value")]
    [InlineData("""{"model":"in-context-regression","n":2,"messages":[{"role":"user","content":"hi"}]}""", 400, "n", "unsupported_value")]
    [InlineData("""{"model":"in-context-regression","messages":[]}""", 400, "messages", "invalid_value")]
    [InlineData("""{"model":"in-context-regression"}""", 400, "messages", "invalid_value")]
    [InlineData("""{"model":"in-context-regression","messages":[null]}""", 400, "messages", "invalid_value")]
    [InlineData("""{"model":"in-context-regression","messages":[{"role":"user"}]}""", 400, "messages", "invalid_value")]
    [InlineData("""{"model":"in-context-regression","messages":[{"role":"user","content":"What is the weather?"}]}""", 400, "messages",
        "invalid_value")]
    [InlineData("""{"model":"in-context-regression","messages":[{"role":"user","content":"\ud800"}]}""", 400, null, null)]
    [InlineData("""{"model":5}""", 400, null, null)]
    [InlineData("""{"model":"in-context-regression","messages":"hi"}""", 400, null, null)]
    [InlineData("null", 400, null, null)]
    [InlineData("[]", 400, null, null)]
    [InlineData("", 400, null, null)]
    [InlineData("{", 400, null, null)]
    public async Task Faulty_requests_get_errors_of_the_official_form(string request, int expected, string? parameter, string? code)
    {
        var (status, body) = await model.PostAsync(request);

        Assert.Equal(expected, status);
        AssertOfficial(body, parameter, code);
    }

    [Fact]
    public async Task A_demonstration_at_fault_is_named()
    {
        var prompt = Prompts.Builder(1)
            .Build(Prompts.Architectures(1, 2)[0]).Text.Replace("BLEU: 2", "BLEU: 9992", StringComparison.Ordinal);

        var (status, body) = await model.PostAsync(JsonSerializer.Serialize(
            new { model = "in-context-regression", messages = new[] { new { role = "user", content = prompt } } }));

        Assert.Equal(400, status);
        Assert.Contains("[0].bleu", body.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invalid_bytes_are_refused()
    {
        var (status, body) = await model.PostAsync([.. "{\"model\":\""u8, 0xff, 0xfe, .. "\"}"u8]);

        Assert.Equal(400, status);
        AssertOfficial(body, null, null);
    }

    [Fact]
    public async Task A_body_that_is_too_long_is_refused()
    {
        var (status, body) = await model.PostAsync(Encoding.UTF8.GetBytes($"{{\"model\":\"{new string('x', 31_000_000)}\"}}"));

        Assert.Equal(413, status);
        AssertOfficial(body, null, null);
    }

    [Theory]
    [InlineData("/v1/completions")]
    [InlineData("/")]
    [InlineData("/v1/models")]
    public async Task Unknown_routes_and_wrong_methods_are_404_of_the_official_form(string path)
    {
        var (status, body) = await model.PostAsync("{}"u8.ToArray(), path);

        Assert.Equal(404, status);
        AssertOfficial(body, null, "unknown_url");
    }

    [Fact]
    public async Task The_OpenAI_SDK_understands_errors()
    {
        var client =
            new ChatClient("gpt-4o", new ApiKeyCredential("any"), new OpenAIClientOptions { Endpoint = new Uri(model.Address, "/v1") });

        var failure = await Assert.ThrowsAsync<ClientResultException>(() => client.CompleteChatAsync([new UserChatMessage("hi")]));

        Assert.Equal(404, failure.Status);
        Assert.Contains("'gpt-4o' does not exist", failure.Message, StringComparison.Ordinal);
    }

    private static void AssertOfficial(JsonElement body, string? parameter, string? code)
    {
        var error = Assert.Single(body.EnumerateObject()).Value;
        Assert.Equal(["message", "type", "param", "code"], error.EnumerateObject().Select(p => p.Name));
        Assert.False(string.IsNullOrWhiteSpace(error.GetProperty("message").GetString()));
        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
        Assert.Equal(parameter, error.GetProperty("param").GetString());
        Assert.Equal(code, error.GetProperty("code").GetString());
    }
}
