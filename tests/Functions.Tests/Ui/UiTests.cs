using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using HsNas.Functions.Tests.Support;
using HsNas.FunctionsRuntime.Tests.Storage;

namespace HsNas.Functions.Tests.Ui;

/// <summary>How the dashboard is served: what needs a key, what browsers are told, and how little is sent.</summary>
public sealed class UiTests(Azurite azurite) : IClassFixture<Azurite>
{
    private const string Key = "secret";

    [Theory]
    [InlineData("ui", "text/html")]
    [InlineData("ui/app.css", "text/css")]
    [InlineData("ui/app.js", "text/javascript")]
    public async Task The_shell_needs_no_key_and_lets_only_this_app_s_own_script_run(string path, string type)
    {
        await using var app = await FunctionApp.StartAsync(azurite.ConnectionString, ("FunctionKeys:default", Key));
        using var answer = await app.Http.GetAsync(new Uri($"/api/{path}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("script-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);

        using var again = await AskAsync(app, path, null, answer.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Theory]
    [InlineData("ui/searches", HttpStatusCode.OK)]
    [InlineData("ui/searches/nobody", HttpStatusCode.NotFound)]
    [InlineData("ui/searches/nobody/card?n=0", HttpStatusCode.NotFound)]
    [InlineData("ui/compare?ids=nobody", HttpStatusCode.OK)]
    [InlineData("ui/compare.csv?ids=nobody", HttpStatusCode.OK)]
    [InlineData("ui/new", HttpStatusCode.OK)]
    [InlineData("ui/sweeps", HttpStatusCode.OK)]
    [InlineData("ui/sweeps/nobody", HttpStatusCode.NotFound)]
    public async Task Whatever_holds_data_needs_a_key(string path, HttpStatusCode status)
    {
        await using var app = await FunctionApp.StartAsync(azurite.ConnectionString, ("FunctionKeys:default", Key));
        foreach (var key in new[] { null, "wrong" })
        {
            using var refused = await AskAsync(app, path, key);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        using var answer = await AskAsync(app, path, Key);
        Assert.Equal(status, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again_and_what_is_sent_is_compressed()
    {
        await using var app = await FunctionApp.StartAsync(azurite.ConnectionString);
        using var plain = await AskAsync(app, "ui/new", null);
        var text = await plain.Content.ReadAsStringAsync();
        using var packed = await AskAsync(app, "ui/new", null, encoding: "br");
        await using var unpacked = new BrotliStream(await packed.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked);
        Assert.Equal(text, await reader.ReadToEndAsync());
        Assert.True(packed.Content.Headers.ContentLength < text.Length / 2);

        using var same = await AskAsync(app, "ui/new", null, plain.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Empty(await same.Content.ReadAsByteArrayAsync());
        using var other = await AskAsync(app, "ui/new", null, new EntityTagHeaderValue("\"another\""));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task The_first_load_is_at_most_80_KB()
    {
        await using var app = await FunctionApp.StartAsync(azurite.ConnectionString);
        var bytes = 0L;
        foreach (var path in new[] { "ui", "ui/app.css", "ui/app.js", "ui/searches" })
        {
            using var answer = await AskAsync(app, path, null, encoding: "br");
            bytes += (await answer.Content.ReadAsByteArrayAsync()).Length;
        }

        Assert.InRange(bytes, 1, 80 * 1024);
    }

    private static async Task<HttpResponseMessage> AskAsync(
        FunctionApp app, string path, string? key, EntityTagHeaderValue? known = null, string? encoding = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/api/{path}", UriKind.Relative));
        if (key is not null) request.Headers.Add("x-functions-key", key);
        if (known is not null) request.Headers.IfNoneMatch.Add(known);
        if (encoding is not null) request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(encoding));
        return await app.Http.SendAsync(request);
    }
}
