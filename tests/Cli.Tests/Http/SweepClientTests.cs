using System.Net;
using System.Text;
using HsNas.Cli.Tests.Support;
using HsNas.Client;
using HsNas.Contracts.Sweeps;

namespace HsNas.Cli.Tests.Http;

public class SweepClientTests
{
    private static readonly FunctionAppAddress Address = new(new Uri("http://app.test/base/"), "secret");

    [Fact]
    public async Task Each_call_goes_to_its_route()
    {
        using var app = new FakeApp(_ => FakeApp.Json("""{"id":"abc"}""", HttpStatusCode.Accepted));
        using var client = new SweepClient(Address, app);

        Assert.Equal("abc", (await client.SubmitAsync("{}"u8.ToArray(), key: null, default)).Id);
        await client.AddAsync("a/b", "[]"u8.ToArray(), default);
        await client.StopAsync("abc", default);
        await client.ResumeAsync("abc", default);
        await client.TableAsync("abc", "csv", withMeasured: false, default);

        Assert.Equal(
        [
            "POST http://app.test/base/api/sweeps {}", "POST http://app.test/base/api/sweeps/a%2Fb/rows []",
            "POST http://app.test/base/api/sweeps/abc/stop ", "POST http://app.test/base/api/sweeps/abc/resume ",
            "GET http://app.test/base/api/sweeps/abc/table?format=csv&measured=false ",
        ], app.Requests.Select(r => $"{r.Method} {r.Url} {r.Body}"));
        Assert.All(app.Requests, r => Assert.Equal("secret", r.Key));
    }

    [Fact]
    public async Task A_status_may_hold_what_a_newer_app_adds()
    {
        const string answer = """
            {"id":"abc","status":"Running","counts":{"waiting":1,"running":0,"done":0,"failed":0},"spentUsd":0.25,"somethingNewer":1,
             "rows":[{"search":"x","axes":"evolution.seed 1","state":"waiting"}],"links":{}}
            """;
        using var app = new FakeApp(_ => FakeApp.Json(answer));
        using var client = new SweepClient(Address, app);

        var status = await client.StatusAsync("abc", default);

        Assert.Equal((0.25m, new SweepRowStatus("x", "evolution.seed 1", SweepRowState.Waiting, null)), (status.SpentUsd, status.Rows[0]));
    }

    [Fact]
    public async Task A_refusal_names_the_axis()
    {
        const string answer = """{"title":"The request is not valid.","errors":{"grid.evolution.seed[1]":["repeats the value 1."]}}""";
        using var app = new FakeApp(_ => FakeApp.Json(answer, HttpStatusCode.BadRequest, "application/problem+json"));
        using var client = new SweepClient(Address, app);

        var refused = await Assert.ThrowsAsync<RequestRefusedException>(
            () => client.SubmitAsync(Encoding.UTF8.GetBytes("{}"), key: null, default));

        Assert.Equal("The request is not valid.\n  grid.evolution.seed[1]: repeats the value 1.", refused.Message);
    }
}
