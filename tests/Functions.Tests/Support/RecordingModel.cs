using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HsNas.Functions.Tests.Support;

/// <summary>A chat endpoint on a free port that answers as told and remembers what it was asked.</summary>
internal sealed class RecordingModel : IAsyncDisposable
{
    private readonly WebApplication _server;

    private RecordingModel(WebApplication server) => _server = server;

    public ConcurrentQueue<JsonElement> Requests { get; } = new();

    public string Endpoint => $"{_server.Urls.First()}/v1";

    /// <summary>A server whose n-th answer, counted from 1, <paramref name="answer"/> gives.</summary>
    public static async Task<RecordingModel> StartAsync(Func<int, IResult> answer)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var model = new RecordingModel(builder.Build());
        var asked = 0;
        model._server.MapPost("/v1/chat/completions", (JsonElement body) =>
        {
            model.Requests.Enqueue(body);
            return answer(Interlocked.Increment(ref asked));
        });
        await model._server.StartAsync();
        return model;
    }

    /// <summary>A completion as the official endpoint writes it.</summary>
    public static IResult Completion(string text) => Results.Json(new
    {
        id = "chatcmpl-1",
        @object = "chat.completion",
        created = 1_700_000_000,
        model = "m",
        choices = new[] { new { index = 0, message = new { role = "assistant", content = text }, finish_reason = "stop" } },
        usage = new { prompt_tokens = 100, completion_tokens = 3, total_tokens = 103 },
    });

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
