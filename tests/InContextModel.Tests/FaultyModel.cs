using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using HsNas.Local.InContextModel;
using HsNas.Predictors.Prompting;
using Microsoft.AspNetCore.Builder;

namespace HsNas.InContextModel.Tests;

/// <summary>A server of a test's own, with options.</summary>
internal sealed class FaultyModel : IAsyncDisposable
{
    private readonly WebApplication _server;

    private FaultyModel(WebApplication server)
    {
        _server = server;
        Http = new HttpClient { BaseAddress = new Uri(server.Urls.First()) };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "secret");
    }

    public HttpClient Http { get; }

    public static async Task<FaultyModel> StartAsync(params string[] options)
    {
        var server = ModelServer.Create(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default=Critical", .. options]);
        await server.StartAsync();
        return new FaultyModel(server);
    }

    public async Task<Answer> AskAsync(Prompt prompt, bool schema = false, int? limit = null)
    {
        var request = new Dictionary<string, object>
        {
            ["model"] = "in-context-regression",
            ["messages"] = new[] { new { role = "user", content = prompt.Text } },
        };
        if (schema)
            request["response_format"] =
                new { type = "json_schema", json_schema = new { name = AnswerSchema.Name, strict = true, schema = AnswerSchema.Create() } };
        if (limit is { } most) request["max_completion_tokens"] = most;
        using var content = new StringContent(JsonSerializer.Serialize(request), Encoding.UTF8, "application/json");
        using var answer = await Http.PostAsync(new Uri("/v1/chat/completions", UriKind.Relative), content);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync());
        string? Header(string name) => answer.Headers.TryGetValues(name, out var values) ? values.Single() : null;
        return new Answer((int)answer.StatusCode, body.RootElement.Clone(), (Header("retry-after-ms"), Header("Retry-After")));
    }

    public async Task<JsonElement> CountsAsync()
    {
        using var document = JsonDocument.Parse(await Http.GetStringAsync(new Uri("/recording", UriKind.Relative)));
        return document.RootElement.Clone();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server.DisposeAsync();
    }

    internal sealed record Answer(int Status, JsonElement Body, (string?, string?) RetryAfter)
    {
        public string? FinishReason => Body.GetProperty("choices")[0].GetProperty("finish_reason").GetString();

        public string? Text(string member) => Body.GetProperty("choices")[0].GetProperty("message").GetProperty(member).GetString();
    }
}
