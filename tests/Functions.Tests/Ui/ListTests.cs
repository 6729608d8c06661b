using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HsNas.Contracts.Requests;
using HsNas.Contracts.Sweeps;
using HsNas.Functions.Tests.Support;
using HsNas.Functions.Tests.Sweeps;
using HsNas.FunctionsRuntime.Tests.Storage;
using HsNas.Kernel;

namespace HsNas.Functions.Tests.Ui;

/// <summary>The lists of searches and sweeps.</summary>
public sealed class ListTests(Azurite azurite) : IClassFixture<Azurite>
{
    [Fact]
    public async Task Searches_are_listed_newest_first_page_by_page_and_none_twice()
    {
        await using var app = await SweepDriver.StartAppAsync(azurite.ConnectionString);
        var started = new List<string>();
        for (var i = 0; i < 5; i++) started.Add(await StartAsync(app, 0.5 + (i * 0.1)));

        var seen = new List<SearchSummary>();
        string? next = null;
        do
        {
            var page = await UntilAsync(app, $"searches?take=2{(next is null ? "" : $"&after={next}")}",
                p => seen.Count > 0 || p.Next is not null);
            Assert.InRange(page.Searches.Count, 1, 2);
            seen.AddRange(page.Searches);
            next = page.Next;
        }
        while (next is not null);

        Assert.Equal(started.AsEnumerable().Reverse(), seen.Select(s => s.Id));
        Assert.All(seen, s => Assert.Equal(("tiny-en-de", 30, (decimal?)0), (s.Task, s.Iterations, s.CostUsd)));
        Assert.Equal(0.9, seen[0].Limits.ParametersMillions);
    }

    [Fact]
    public async Task Filters_narrow_the_list_and_a_cancelled_search_moves_to_another_state()
    {
        await using var app = await SweepDriver.StartAppAsync(azurite.ConnectionString);
        var (one, other) = (await StartAsync(app, 0.5), await StartAsync(app, 0.6));
        using var cancelled = await app.Http.PostAsync(new Uri($"/api/searches/{one}/cancel", UriKind.Relative), null);
        Assert.Equal($"/api/searches/{one}", cancelled.Headers.Location?.ToString());

        var ended = await UntilAsync(app, "searches?state=Terminated", p => p.Searches.Count > 0);
        Assert.Equal([one], ended.Searches.Select(s => s.Id));
        var running = await UntilAsync(app, "searches?state=Running", p => p.Searches.Count == 1);
        Assert.Equal([other], running.Searches.Select(s => s.Id));
        Assert.Empty((await UntilAsync(app, "searches?task=another", _ => true)).Searches);
    }

    [Theory]
    [InlineData("searches?take=0", "take")]
    [InlineData("searches?take=201", "take")]
    [InlineData("searches?after=no-token!", "after")]
    [InlineData("searches?state=Done", "state")]
    [InlineData("searches?phase=lunch", "phase")]
    [InlineData("searches?color=red", "color")]
    [InlineData("sweeps?task=tiny-en-de", "task")]
    public async Task A_query_that_is_not_valid_is_refused_by_parameter(string path, string parameter)
    {
        await using var app = await FunctionApp.StartAsync(azurite.ConnectionString);
        using var answer = await app.Http.GetAsync(new Uri($"/api/{path}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var errors = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors");
        Assert.Equal([parameter], errors.EnumerateObject().Select(e => e.Name));
    }

    [Fact]
    public async Task What_is_accepted_says_where_and_when_to_look()
    {
        await using var app = await SweepDriver.StartAppAsync(azurite.ConnectionString);
        using var search = await app.Http.PostAsJsonAsync(
            new Uri("/api/searches", UriKind.Relative), new { task = "tiny-en-de", window = Never });
        using var sweep = await app.Http.PostAsJsonAsync(new Uri("/api/sweeps", UriKind.Relative), new
        {
            name = "two seeds", search = new { task = "tiny-en-de", window = Never },
            grid = new Dictionary<string, int[]> { ["evolution.seed"] = [1, 2] },
        });
        foreach (var answer in new[] { search, sweep })
        {
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
            using var status = await app.Http.GetAsync(answer.Headers.Location);
            Assert.Equal(HttpStatusCode.OK, status.StatusCode);
        }

        SweepList? sweeps = null;
        for (var i = 0; i < 100 && sweeps is not { Sweeps.Count: > 0 }; i++, await Task.Delay(100))
            sweeps = await app.Http.GetFromJsonAsync<SweepList>(new Uri("/api/sweeps", UriKind.Relative), Json.Options);
        var listed = Assert.Single(sweeps!.Sweeps, s => sweep.Headers.Location!.ToString().EndsWith(s.Id, StringComparison.Ordinal));
        Assert.Equal(("two seeds", 2), (listed.Name, listed.Counts.Waiting + listed.Counts.Running));
    }

    private static object Never => new { start = -1, end = -1 };

    private static async Task<string> StartAsync(FunctionApp app, double millions)
    {
        using var answer = await app.Http.PostAsJsonAsync(
            new Uri("/api/searches", UriKind.Relative),
                new { task = "tiny-en-de", window = Never, limits = new { parametersMillions = millions } });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    // The list is a second old at most.
    private static async Task<SearchList> UntilAsync(FunctionApp app, string path, Predicate<SearchList> wanted)
    {
        for (var attempt = 0; ; attempt++)
        {
            var list = (await app.Http.GetFromJsonAsync<SearchList>(new Uri($"/api/{path}", UriKind.Relative), Json.Options))!;
            if (wanted(list)) return list;
            Assert.True(attempt < 100, JsonSerializer.Serialize(list, Json.Options));
            await Task.Delay(100);
        }
    }
}
