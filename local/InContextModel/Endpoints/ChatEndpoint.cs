using System.Globalization;
using System.Text.Json;
using HsNas.Evaluation.InContext;
using HsNas.Local.InContextModel.Chat;
using HsNas.Local.InContextModel.Faults;
using HsNas.Local.InContextModel.Recording;

namespace HsNas.Local.InContextModel.Endpoints;

/// <summary>The chat completions endpoint over HTTP.</summary>
internal static class ChatEndpoint
{
    /// <summary>GET /v1/models</summary>
    public static IResult ListModels(TimeProvider time) =>
        Results.Json(new ModelList(
            "list", [.. StandInModels.Names.Select(n => new ModelEntry(n, "model", time.GetUtcNow().ToUnixTimeSeconds(), "local"))]));

    /// <summary>POST /v1/chat/completions</summary>
    public static async Task<IResult> CompleteAsync(
        HttpContext http, ChatAnswerer answerer, FaultInjector faults, RequestRecorder recorder, TimeProvider time)
    {
        var reply = await ReplyAsync(http, answerer);
        // The answer is completed even when the client is gone, because a provider also works on and sends the bill.
        if (reply.Fault == FaultKind.Slow) await Task.Delay(faults.Options.SlowBy, time, CancellationToken.None);
        if (reply.Fault == FaultKind.RateLimit) AskToWait(http.Response.Headers, faults.Options.RetryAfter);
        recorder.Add(http.Request, reply);
        return reply.ToResult();
    }

    /// <summary>The answer to a request for anything that is not here.</summary>
    public static IResult UnknownUrl(string method, string path) =>
        ChatReply.Error(404, $"Unknown request URL: {method} {path}. "
            + "Here are GET /v1/models, POST /v1/chat/completions, and files and batches below /v1/files and /v1/batches.", null,
                "unknown_url").ToResult();

    private static async Task<ChatReply> ReplyAsync(HttpContext http, ChatAnswerer answerer)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        return Reply(() => JsonSerializer.Deserialize<ChatRequest>(body.GetBuffer().AsSpan(0, (int)body.Length), ChatReply.Form), answerer);
    }

    /// <summary>The answer to a request that <paramref name="read"/> reads; an error of the official form where it cannot.</summary>
    public static ChatReply Reply(Func<ChatRequest?> read, ChatAnswerer answerer)
    {
        try
        {
            return read() is { } request ? answerer.Answer(request) : NotJson("it is null.");
        }
        catch (InvalidTextException)
        {
            return NotJson("it holds text that is not valid Unicode.");
        }
        catch (JsonException e)
        {
            return NotJson(e.Message);
        }
    }

    private static void AskToWait(IHeaderDictionary headers, TimeSpan wait)
    {
        headers["retry-after-ms"] = wait.TotalMilliseconds.ToString("F0", CultureInfo.InvariantCulture);
        headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString("F0", CultureInfo.InvariantCulture);
    }

    private static ChatReply NotJson(string reason) =>
        ChatReply.Error(400, $"The body could not be read as a JSON request: {reason}", null, null);
}
