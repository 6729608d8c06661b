using System.Net;
using System.Text;
using HsNas.Cli.Tests.Support;
using HsNas.Client;

namespace HsNas.Cli.Tests.Http;

public class SearchClientTests
{
    private static readonly FunctionAppAddress Address = new(new Uri("http://app.test/base/"), "secret");

    [Fact]
    public async Task Submitting_sends_the_bytes_as_they_are_and_the_key()
    {
        const string answer = """{"id":"abc","links":{"self":"/api/searches/abc"},"somethingNewer":1}""";
        using var app = new FakeApp(_ => FakeApp.Json(answer, HttpStatusCode.Accepted));
        using var client = new SearchClient(Address, app);

        var accepted = await client.SubmitAsync(Encoding.UTF8.GetBytes("{ not even json"), key: null, default);

        Assert.Equal("abc", accepted.Id);
        Assert.Equal([("POST", "http://app.test/base/api/searches", "secret", "{ not even json")], app.Requests);
    }

    [Fact]
    public async Task A_refusal_names_its_fields()
    {
        const string answer = """{"title":"The request is not valid.","errors":{"task":["is required."]}}""";
        using var app = new FakeApp(_ => FakeApp.Json(answer, HttpStatusCode.BadRequest, "application/problem+json"));
        using var client = new SearchClient(Address, app);

        var refused = await Assert.ThrowsAsync<RequestRefusedException>(() => client.SubmitAsync("{}"u8.ToArray(), key: null, default));

        Assert.Equal(400, refused.Status);
        Assert.Equal("The request is not valid.\n  task: is required.", refused.Message);
    }

    [Fact]
    public async Task A_missing_key_is_explained()
    {
        using var app = new FakeApp(_ => new HttpResponseMessage(HttpStatusCode.Unauthorized));
        using var client = new SearchClient(new FunctionAppAddress(Address.Url, null), app);

        var refused = await Assert.ThrowsAsync<RequestRefusedException>(() => client.StatusAsync("x", default));

        Assert.Contains("HSNAS_KEY", refused.Message, StringComparison.Ordinal);
        Assert.Null(app.Requests.Single().Key);
    }

    [Fact]
    public async Task A_failing_or_absent_app_is_told_apart_from_a_refusal()
    {
        using var failing = new FakeApp(_ => new HttpResponseMessage(HttpStatusCode.InternalServerError));
        using var absent = new FakeApp(_ => throw new HttpRequestException("Connection refused"));
        using var first = new SearchClient(Address, failing);
        using var second = new SearchClient(Address, absent);

        await Assert.ThrowsAsync<AppUnavailableException>(() => first.StatusAsync("x", default));
        var e = await Assert.ThrowsAsync<AppUnavailableException>(() => second.StatusAsync("x", default));
        Assert.Contains("http://app.test/base/", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_cannot_leave_its_place_in_the_address()
    {
        using var app = new FakeApp(_ => FakeApp.Json(""));
        using var client = new SearchClient(Address, app);

        await client.CancelAsync("../admin?x=1", default);

        Assert.Equal("http://app.test/base/api/searches/..%2Fadmin%3Fx%3D1/cancel", app.Requests.Single().Url);
    }

    [Fact]
    public void The_report_has_an_address_for_browsers()
    {
        using var app = new FakeApp(_ => FakeApp.Json(""));
        using var client = new SearchClient(Address, app);

        Assert.Equal("http://app.test/base/api/searches/abc/report", client.ReportAddress("abc").ToString());
    }
}
