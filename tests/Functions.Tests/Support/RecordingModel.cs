using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HsNas.Functions.Tests.Support;

/// <summary>A request as it came in.</summary>
/// <param name="Method">GET, POST and so on.</param>
/// <param name="Path">Path.</param>
/// <param name="Query">Query with its question mark; empty where there was none.</param>
/// <param name="Authorization">Header Authorization; empty where there was none.</param>
/// <param name="ApiKey">Header api-key; empty where there was none.</param>
/// <param name="Body">The body.</param>
internal sealed record SentRequest(string Method, string Path, string Query, string Authorization, string ApiKey, JsonElement Body);

/// <summary>A chat endpoint on a free port that answers as told and remembers what it was sent, under whatever path.</summary>
internal sealed class RecordingModel : IAsyncDisposable
{
    private readonly WebApplication _server;

    private RecordingModel(WebApplication server) => _server = server;

    public ConcurrentQueue<SentRequest> Requests { get; } = new();

    public string Address => _server.Urls.First();

    public string Endpoint => $"{Address}/v1";

    /// <summary>A server whose n-th answer, counted from 1, <paramref name="answer"/> gives; with a certificate it speaks TLS.</summary>
    public static Task<RecordingModel> StartAsync(Func<int, IResult> answer, X509Certificate2? certificate = null)
    {
        var asked = 0;
        return StartReadingAsync(_ => answer(Interlocked.Increment(ref asked)), certificate);
    }

    /// <summary>A server whose answer is a function of what it is asked.</summary>
    public static async Task<RecordingModel> StartReadingAsync(Func<JsonElement, IResult> answer, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder([]);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0, door =>
        {
            if (certificate is not null) door.UseHttps(certificate);
        }));
        builder.Logging.ClearProviders();
        var model = new RecordingModel(builder.Build());
        model._server.MapPost("/{**path}", (HttpRequest request, JsonElement body) =>
        {
            model.Requests.Enqueue(new SentRequest(request.Method, request.Path, request.QueryString.ToString(),
                request.Headers.Authorization.ToString(), request.Headers["api-key"].ToString(), body));
            return answer(body);
        });
        await model._server.StartAsync();
        return model;
    }

    /// <summary>A completion as the official endpoint writes it.</summary>
    public static IResult Completion(
        string? text, string finish = "stop", string? refusal = null, int prompt = 100, int cached = 0, int completion = 3,
            int reasoning = 0) => Results.Json(new
    {
        id = "chatcmpl-1",
        @object = "chat.completion",
        created = 1_700_000_000,
        model = "m",
        choices = new[] { new { index = 0, message = new { role = "assistant", content = text, refusal }, finish_reason = finish } },
        usage = new
        {
            prompt_tokens = prompt,
            completion_tokens = completion,
            total_tokens = prompt + completion,
            prompt_tokens_details = new { cached_tokens = cached },
            completion_tokens_details = new { reasoning_tokens = reasoning },
        },
    });

    /// <summary>429 that asks to wait a number of milliseconds.</summary>
    public static IResult Busy(string milliseconds) => new WithHeader("retry-after-ms", milliseconds, Results.StatusCode(429));

    /// <summary>How Azure's content filter refuses a prompt.</summary>
    public static IResult Filtered() =>
        Results.Json(new { error = new { message = "The prompt was filtered.", type = (string?)null, param = "prompt",
            code = "content_filter", status = 400 } }, statusCode: 400);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private sealed class WithHeader(string name, string value, IResult inner) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers[name] = value.ToString(CultureInfo.InvariantCulture);
            return inner.ExecuteAsync(httpContext);
        }
    }
}
