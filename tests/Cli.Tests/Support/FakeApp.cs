using System.Net;

namespace HsNas.Cli.Tests.Support;

/// <summary>Answers in place of a function app, and remembers what it was asked.</summary>
internal sealed class FakeApp(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    public List<(string Method, string Url, string? Key, string Body)> Requests { get; } = [];

    public static HttpResponseMessage Json(string json, HttpStatusCode status = HttpStatusCode.OK, string type = "application/json") =>
        new(status) { Content = new StringContent(json, System.Text.Encoding.UTF8, type) };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var key = request.Headers.TryGetValues("x-functions-key", out var keys) ? keys.Single() : null;
        lock (Requests) Requests.Add((request.Method.Method, request.RequestUri!.ToString(), key, body));
        return answer(request);
    }
}
