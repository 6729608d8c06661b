using System.Text;
using System.Text.Json;
using HsNas.Local.InContextModel;
using Microsoft.AspNetCore.Builder;

namespace HsNas.InContextModel.Tests;

/// <summary>The real server on a free port.</summary>
public sealed class RunningModel : IAsyncLifetime
{
    private WebApplication? _server;

    public HttpClient Http { get; } = new();

    public Uri Address => Http.BaseAddress!;

    public async Task InitializeAsync()
    {
        _server = ModelServer.Create(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default=Critical"]);
        await _server.StartAsync();
        Http.BaseAddress = new Uri(_server.Urls.First());
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await _server!.DisposeAsync();
    }

    /// <summary>Posts a body to the chat endpoint; the answer's status and JSON.</summary>
    public async Task<(int Status, JsonElement Body)> PostAsync(byte[] body, string path = "/v1/chat/completions")
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        // Asks before it sends, so that a refusal of a long body is an answer and no broken pipe.
        request.Headers.ExpectContinue = body.Length > 1_000_000;
        using var answer = await Http.SendAsync(request);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync());
        return ((int)answer.StatusCode, document.RootElement.Clone());
    }

    public Task<(int Status, JsonElement Body)> PostAsync(string body) => PostAsync(Encoding.UTF8.GetBytes(body));
}
