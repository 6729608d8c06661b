using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HsNas.Contracts;
using HsNas.EndToEnd.Tests.Support;
using HsNas.Kernel.Stores;
using HsNas.Trials;

namespace HsNas.EndToEnd.Tests;

/// <summary>How searches are asked for and watched.</summary>
[Collection(SystemCollection.Name)]
public sealed class RequestTests(RunningSystems systems)
{
    [Fact]
    public async Task A_search_answers_beside_its_blob_when_it_comes_by_blob()
    {
        var main = systems.Main;
        await main.Searches.ResultAsync(await systems.FirstSearchAsync());
        var request = new BlobPath(BlobLayout.SearchRequests, "nightly/first.json");
        var error = new BlobPath(BlobLayout.SearchRequests, "nightly/first.error.json");

        await main.Store.WriteJsonAsync(request, new { task = "mikro" });
        await main.Store.UntilThereAsync(error);
        await main.Store.WriteJsonAsync(request, SystemSearches.Request(MicroTask.Plain.Name, trainWinner: false));
        var started = await main.Store.UntilThereAsync(new BlobPath(BlobLayout.SearchRequests, "nightly/first.started.json"));

        var id = JsonDocument.Parse(started).RootElement.GetProperty("id").GetString()!;
        Assert.NotNull((await main.Searches.ResultAsync(id)).Requested.Winner);
        Assert.False(await main.Store.ExistsAsync(error));
    }

    [Fact]
    public async Task A_blob_gets_an_error_beside_it_when_it_is_invalid()
    {
        var main = systems.Main;
        await main.Store.WriteTextAsync(
            new BlobPath(BlobLayout.SearchRequests, "bad.json"), """{"task":"micro","device":"a b","limits":{"gflops":1}}""");
        await main.Store.WriteTextAsync(new BlobPath(BlobLayout.SearchRequests, "text.json"), "not JSON");
        await main.Store.WriteJsonAsync(
            new BlobPath(BlobLayout.SearchRequests, "tight.json"), new { task = MicroTask.Plain.Name, limits = new { gFlops = 1e-9 } });

        Assert.Equal(["device", "limits.gflops"], await FieldsAsync("bad"));
        Assert.Equal(["$"], await FieldsAsync("text"));
        Assert.Equal(["limits"], await FieldsAsync("tight"));
        foreach (var name in new[] { "bad", "text", "tight" })
            Assert.False(await main.Store.ExistsAsync(new BlobPath(BlobLayout.SearchRequests, $"{name}.started.json")));

        async Task<IEnumerable<string?>> FieldsAsync(string name)
        {
            var error = await main.Store.UntilThereAsync(new BlobPath(BlobLayout.SearchRequests, $"{name}.error.json"));
            return JsonDocument.Parse(error).RootElement.GetProperty("errors").EnumerateArray()
                .Select(e => e.GetProperty("field").GetString()).Order();
        }
    }

    [Fact]
    public async Task A_limit_is_refused_with_the_least_possible_value_when_nothing_can_meet_it()
    {
        var main = systems.Main;
        var (instances, blobs) = (await Durable.IdsAsync(main.Http), await main.Store.CountAsync(BlobLayout.Searches));
        using var answer = await main.Searches.PostAsync(new { task = MicroTask.Plain.Name, limits = new { gFlops = 1e-9 } });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Matches("the least any architecture of this space needs is [0-9.]+",
            problem.GetProperty("errors").GetProperty("limits")[0].GetString());
        Assert.Equal(instances, await Durable.IdsAsync(main.Http));
        Assert.Equal(blobs, await main.Store.CountAsync(BlobLayout.Searches));
    }

    [Fact]
    public async Task The_durable_status_answers_as_documented_while_a_search_runs()
    {
        var main = systems.Main;
        await main.Searches.ResultAsync(await systems.FirstSearchAsync());
        var id = await main.Searches.StartAsync(SystemSearches.Request(MicroTask.Plain.Name, seed: 11));
        await main.Searches.UntilAsync(id, s => s.Status == "Running");
        using (var running = await Durable.GetAsync(main.Http, id))
        {
            Assert.Equal(HttpStatusCode.Accepted, running.StatusCode);
            Assert.EndsWith($"/instances/{id}", running.Headers.Location!.AbsolutePath, StringComparison.Ordinal);
            Assert.Equal(TimeSpan.FromSeconds(5), running.Headers.RetryAfter!.Delta);
            var body = await running.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal(["name", "instanceId", "runtimeStatus", "input", "customStatus", "output", "createdTime", "lastUpdatedTime"],
                body.EnumerateObject().Select(p => p.Name));
            Assert.Equal(("SearchOrchestrator", id), (body.GetProperty("name").GetString(), body.GetProperty("instanceId").GetString()));
        }

        using (var early = await main.Http.GetAsync(new Uri($"/api/searches/{id}/result", UriKind.Relative))) Assert.Equal(
            HttpStatusCode.NotFound, early.StatusCode);
        Assert.DoesNotContain("result", (await main.Searches.StatusAsync(id)).Links.Keys);

        await main.Searches.ResultAsync(id);
        using var done = await Durable.GetAsync(main.Http, id);
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        var end = await done.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("Completed", end.GetProperty("runtimeStatus").GetString());
        Assert.True(end.GetProperty("customStatus").GetRawText().Length < 8 * 1024);
        var links = (await main.Searches.StatusAsync(id)).Links;
        foreach (var link in new[] { "self", "durable", "result", "report" })
        {
            using var answer = await main.Http.GetAsync(new Uri(links[link], UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_repeated_idempotency_key_answers_with_the_search_that_it_started_first()
    {
        var main = systems.Main;
        await main.Searches.ResultAsync(await systems.FirstSearchAsync());
        var request = SystemSearches.Request(MicroTask.Plain.Name, trainWinner: false);
        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => main.Searches.StartAsync(request, "the same")));

        var id = Assert.Single(ids.Distinct());
        Assert.Equal(id, await main.Searches.StartAsync(SystemSearches.Request(MicroTask.Plain.Name, compare: true), "the same"));
        Assert.NotEqual(id, await main.Searches.StartAsync(SystemSearches.Request(MicroTask.Broken.Name), "another"));
        Assert.False((await main.Searches.ResultAsync(id)).Request.Compare);
    }

    [Fact]
    public async Task A_route_answers_404_when_there_is_nothing()
    {
        foreach (var path in new[] { "nobody", "nobody/result", "nobody/report", "..%2F..%2Fsecret/report" })
        {
            using var answer = await systems.Main.Http.GetAsync(new Uri($"/api/searches/{path}", UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        using var cancelled = await systems.Main.Http.PostAsync(new Uri("/api/searches/nobody/cancel", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.NotFound, cancelled.StatusCode);
    }

    [Fact]
    public async Task A_body_is_refused_when_it_is_too_long()
    {
        foreach (var length in new[] { 100_000, 40_000_000 })
        {
            using var message =
                new HttpRequestMessage(HttpMethod.Post, "/api/searches") { Content = new ByteArrayContent(new byte[length]) };
            message.Headers.ExpectContinue = true;
            using var answer = await systems.Main.Http.SendAsync(message);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains("at most", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }
}
