using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HsNas.Contracts;
using HsNas.Functions.Tests.Support;
using HsNas.FunctionsRuntime.Tests.Storage;
using HsNas.Kernel.Stores;

namespace HsNas.Functions.Tests.Security;

/// <summary>What stands around every HTTP function.</summary>
public sealed class HttpGuardTests(Azurite azurite) : IClassFixture<Azurite>
{
    private const string Search = "0123456789abcdef0123456789abcdef";

    [Fact]
    public async Task Every_answer_of_ours_carries_the_security_headers()
    {
        await using var app = await FunctionApp.StartAsync(azurite.ConnectionString);
        await app.Store.WriteTextAsync(BlobLayout.ReportFile(Search), "<!doctype html><p>report</p>");

        string[] paths =
        [
            "health", $"searches/{Search}/report", "searches/nobody", "searches/nobody/result", "predictors/tiny-en-de",
            "predictors/nobody",
        ];
        foreach (var path in paths)
        {
            using var answer = await app.Http.GetAsync(new Uri($"/api/{path}", UriKind.Relative));
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
            Assert.True(answer.Headers.CacheControl!.NoStore);
            Assert.StartsWith(
                "default-src 'none';", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_key_of_the_reading_functions_reads_and_does_nothing_else()
    {
        await using var app = await FunctionApp.StartAsync(azurite.ConnectionString, ("FunctionKeys:default", "all"),
            ("FunctionKeys:GetSearch:reader", "reads"), ("FunctionKeys:GetSearchResult:reader", "reads"),
                ("FunctionKeys:GetSearchReport:reader", "reads"), ("FunctionKeys:GetPredictor:reader", "reads"));

        foreach (var path in new[] { "searches/nobody", "searches/nobody/result", "searches/nobody/report", "predictors/nobody" })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(app, HttpMethod.Get, path, key: null));
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(app, HttpMethod.Get, path, "wrong"));
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(app, HttpMethod.Get, path, "reads"));
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(app, HttpMethod.Get, path, "all"));
        }

        string[] writes = ["searches", "searches/nobody/cancel", "predictors/tiny-en-de/redistil", "predictors/tiny-en-de/select"];
        foreach (var path in writes)
        {
            foreach (var key in new[] { null, "wrong", "reads" })
                Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(app, HttpMethod.Post, path, key));
            Assert.Contains(
                await StatusAsync(app, HttpMethod.Post, path, "all"), new[] { HttpStatusCode.BadRequest, HttpStatusCode.NotFound });
        }

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, HttpMethod.Get, "health", key: null));
    }

    [Fact]
    public async Task Keys_are_never_logged()
    {
        const string Secret = "k3y-that-nobody-may-see";
        await using var app = await FunctionApp.StartAsync(azurite.ConnectionString,
            ("FunctionKeys:default", Secret), ("Llm:ApiKey", Secret), ("Logging:LogLevel:Default", "Information"));

        await StatusAsync(app, HttpMethod.Get, "searches/nobody", Secret);
        using (await app.Http.GetAsync(new Uri($"/api/searches/nobody?code={Secret}", UriKind.Relative)))
        using (await app.Http.PostAsync(new Uri($"/api/searches?code={Secret}", UriKind.Relative), new StringContent("{")))
            Assert.NotEmpty(app.Logs);

        Assert.DoesNotContain(app.Logs, l => l.Text.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_asks_too_often_is_told_when_to_come_again_and_others_are_not_held_up()
    {
        await using var app = await FunctionApp.StartAsync(
            azurite.ConnectionString, ("FunctionKeys:first", "a"), ("FunctionKeys:second", "b"),
            ("RateLimits:WriteBurst", "3"), ("RateLimits:WritesPerMinute", "1"));

        foreach (var path in new[] { "searches", "predictors/tiny-en-de/redistil", "predictors/tiny-en-de/select" })
            Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(app, HttpMethod.Post, path, "a"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/searches");
        request.Headers.Add("x-functions-key", "a");
        using var refused = await app.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Contains(
            "try again in", (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString(),
            StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(app, HttpMethod.Post, "searches", "b"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(app, HttpMethod.Get, "searches/nobody", "a"));
    }

    [Fact]
    public async Task An_idempotency_key_that_is_none_is_named()
    {
        await using var app = await FunctionApp.StartAsync(azurite.ConnectionString);
        foreach (var key in new[] { "", "a\tb", new string('x', 201) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/searches") { Content = new StringContent("{}") };
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
            using var answer = await app.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(FunctionApp app, HttpMethod method, string path, string? key)
    {
        using var request = new HttpRequestMessage(method, $"/api/{path}");
        if (key is not null) request.Headers.Add("x-functions-key", key);
        using var answer = await app.Http.SendAsync(request);
        return answer.StatusCode;
    }
}
