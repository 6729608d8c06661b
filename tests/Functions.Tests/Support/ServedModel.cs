using System.Net.Http.Json;
using System.Text.Json;
using HsNas.Llm;
using HsNas.Local.InContextModel;
using Microsoft.AspNetCore.Builder;

namespace HsNas.Functions.Tests.Support;

/// <summary>The local endpoint with its faults, on a free port, remembering every question.</summary>
internal sealed class ServedModel : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly HttpClient _http;

    private ServedModel(WebApplication server)
    {
        _server = server;
        _http = new HttpClient { BaseAddress = new Uri(server.Urls.First()) };
    }

    public LlmOptions Options => new()
    {
        Endpoint = $"{_http.BaseAddress}v1",
        Model = "in-context-regression",
        Price = new PriceOptions { InputPerMillion = 10, CachedInputPerMillion = 5, OutputPerMillion = 100, BatchFactor = 0.5m },
    };

    public static async Task<ServedModel> StartAsync(params string[] options)
    {
        var server = ModelServer.Create(
            ["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default=Critical", "--Recording:Requests=true", .. options]);
        await server.StartAsync();
        return new ServedModel(server);
    }

    /// <summary>Prompt hashes of all questions that were answered and would be paid for.</summary>
    public async Task<IReadOnlyList<string>> AnsweredAsync() =>
        [.. (await GetAsync("/recording/requests")).EnumerateArray().Where(r => r.GetProperty("status").GetInt32() == 200).Select(
            r => r.GetProperty("prompt_hash").GetString()!)];

    /// <summary>All batches, newest first.</summary>
    public async Task<IReadOnlyList<JsonElement>> BatchesAsync() =>
        [.. (await GetAsync("/v1/batches")).GetProperty("data").EnumerateArray()];

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    private Task<JsonElement> GetAsync(string path) => _http.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative));
}
