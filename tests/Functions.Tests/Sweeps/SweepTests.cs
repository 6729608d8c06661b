using System.Net;
using HsNas.Client;
using HsNas.Contracts;
using HsNas.Contracts.Sweeps;
using HsNas.Functions.Tests.Support;
using HsNas.FunctionsRuntime.Tests.Storage;

namespace HsNas.Functions.Tests.Sweeps;

/// <summary>Sweeps in the whole app, over HTTP, the local runtime and real storage; only the worker knows no supernet.</summary>
public sealed class SweepTests(Azurite azurite) : IClassFixture<Azurite>
{
    private const string Grid = """{ "limits.parametersMillions": [0.7, 1.5], "evolution.seed": [1, 2, 3] }""";

    [Fact]
    public async Task Every_cell_is_a_search_and_the_table_is_the_same_in_whatever_order_they_end()
    {
        await using var app = await SweepDriver.StartAppAsync(azurite.ConnectionString);
        await using var worker = new ScoringWorker(app);
        using var user = new SweepDriver(app);

        var one = await user.SubmitAsync(Grid, parallel: 1);
        var status = await user.UntilAsync(one, s => s.Status == "Completed");
        var many = await user.SubmitAsync(Grid, parallel: 6);
        await user.UntilAsync(many, s => s.Status == "Completed");

        Assert.Equal(new SweepCounts(0, 0, 6, 0), status.Counts);
        Assert.Equal("limits.parametersMillions 0.7; evolution.seed 2", status.Rows[1].Axes);
        foreach (var format in new[] { "json", "csv", "html" })
            Assert.Equal(await user.TableAsync(one, format), await user.TableAsync(many, format));
        var csv = (await user.TableAsync(one, "csv")).Split('\n');
        Assert.StartsWith("limits.parametersMillions,evolution.seed,algorithm,supernetLossBits,gFlops", csv[0], StringComparison.Ordinal);
        Assert.Contains(",mean of 3 seeds,", csv[7], StringComparison.Ordinal);
        using var search = new SearchClient(app.Http);
        Assert.Equal("Completed", (await search.StatusAsync(status.Rows[4].Search, default)).Status);
    }

    [Fact]
    public async Task A_sweep_is_stopped_resumed_and_extended_without_doing_a_row_twice()
    {
        await using var app = await SweepDriver.StartAppAsync(azurite.ConnectionString);
        await using var worker = new ScoringWorker(app);
        using var user = new SweepDriver(app);
        var id = await user.SubmitAsync("""{ "evolution.seed": [1, 2, 3, 4] }""", parallel: 1);
        await user.UntilAsync(id, s => s.Counts.Running == 1);

        await user.Client.StopAsync(id, default);
        var stopped = await user.UntilAsync(id, s => s.Status == "Stopped");
        await user.AddAsync(id, """{ "evolution.seed": [3, 5] }""");
        var extended = await user.Client.StatusAsync(id, default);
        await user.Client.ResumeAsync(id, default);
        await user.UntilAsync(id, s => s is { Status: "Completed", Counts.Done: 5 });
        await user.AddAsync(id, """{ "evolution.seed": [6, 1] }""");
        await user.AddAsync(id, """{ "evolution.seed": [6, 1] }""");
        var completed = await user.UntilAsync(id, s => s is { Status: "Completed", Counts.Done: 6 });

        Assert.True(stopped.Counts is { Running: 0, Waiting: > 0 }, $"{stopped.Counts}");
        Assert.Equal(("Stopped", 5), (extended.Status, extended.Rows.Count));
        Assert.Equal(["1", "2", "3", "4", "5", "6"], completed.Rows.Select(r => r.Axes.Split(' ')[1]));
        Assert.Equal(6, (await user.OutcomesAsync(id)).Count);
        var over = await Assert.ThrowsAsync<RequestRefusedException>(() => user.Client.StopAsync(id, default));
        Assert.Equal((int)HttpStatusCode.Gone, over.Status);
    }

    [Fact]
    public async Task A_row_that_fails_leaves_the_others_alone_and_is_begun_again_when_the_sweep_is_resumed()
    {
        await using var app = await SweepDriver.StartAppAsync(azurite.ConnectionString);
        await using var worker = new ScoringWorker(app);
        using var user = new SweepDriver(app);
        // A device that nothing is known of yet: only its measurement shows that the limit cannot be kept.
        var id = await user.SubmitAsync("""{ "device": ["new"], "limits.latencyMs": [0.001, null] }""");

        var failed = await user.UntilAsync(id, s => s.Status == "Completed");
        await user.Client.ResumeAsync(id, default);
        await user.UntilAsync(id, s => s.Status == "Completed");

        Assert.Equal([SweepRowState.Failed, SweepRowState.Done], failed.Rows.Select(r => r.State));
        Assert.Contains("cannot be met", failed.Rows[0].Error, StringComparison.Ordinal);
        Assert.Contains("cannot be met", await user.TableAsync(id, "csv"), StringComparison.Ordinal);
        var attempts = (await user.OutcomesAsync(id)).CountBy(name => name.Split('/')[^1]);
        Assert.Equal([1, 2], attempts.Select(a => a.Value).Order());
    }

    [Fact]
    public async Task A_request_with_the_same_key_gets_the_same_sweep()
    {
        await using var app = await SweepDriver.StartAppAsync(azurite.ConnectionString);
        await using var worker = new ScoringWorker(app);
        using var user = new SweepDriver(app);

        var first = await user.SubmitAsync("""{ "evolution.seed": [1] }""", key: "mine");

        Assert.Equal(first, await user.SubmitAsync("""{ "evolution.seed": [1] }""", key: "mine"));
        await user.UntilAsync(first, s => s.Status == "Completed");
        Assert.Equal(first, await user.SubmitAsync("""{ "evolution.seed": [1] }""", key: "mine"));
        Assert.NotEqual(first, await user.SubmitAsync("""{ "evolution.seed": [1] }""", key: "yours"));
    }

    [Theory]
    [InlineData("""{ "evolution.seed": [1], "limits.gFlops": [1, 0.0000001] }""", "search.limits", "limits.gFlops[1] of the grid")]
    [InlineData("""{ "task": ["tiny-en-de", "tiny-en-fr"] }""", "grid.task[1]", "has no data set here")]
    [InlineData("""{ "window": [{ "start": 1, "end": 3 }] }""", "search.task", "no trained seed architectures")]
    [InlineData("""{ "evolution.seed": [] }""", "grid.evolution.seed", "at least one value")]
    public async Task What_cannot_be_done_is_refused_and_nothing_is_started(string grid, string field, string message)
    {
        await using var app = await SweepDriver.StartAppAsync(azurite.ConnectionString);
        using var user = new SweepDriver(app);
        var before = await CountAsync(app);

        var refused = await Assert.ThrowsAsync<RequestRefusedException>(() => user.SubmitAsync(grid));

        Assert.Equal((int)HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains(message, refused.Problem.Errors![field][0], StringComparison.Ordinal);
        Assert.Equal(before, await CountAsync(app));
    }

    [Fact]
    public async Task What_is_not_there_or_not_known_is_refused()
    {
        await using var app = await SweepDriver.StartAppAsync(azurite.ConnectionString);
        using var user = new SweepDriver(app);

        foreach (var ask in new Func<Task>[]
        {
            () => user.Client.StatusAsync("nobody", default), () => user.Client.TableAsync("nobody", "csv", true, default),
            () => user.Client.StopAsync("no-id", default), () => user.Client.ResumeAsync("nobody", default),
            () => user.AddAsync("nobody", """{ "evolution.seed": [1] }"""),
        })
            Assert.Equal((int)HttpStatusCode.NotFound, (await Assert.ThrowsAsync<RequestRefusedException>(ask)).Status);
        var refused = await Assert.ThrowsAsync<RequestRefusedException>(() => user.Client.TableAsync("nobody", "xml", true, default));
        Assert.Equal(["must be one of json, csv, html."], refused.Problem.Errors!["format"]);
    }

    private static async Task<int> CountAsync(FunctionApp app)
    {
        var count = 0;
        foreach (var container in new[] { BlobLayout.Sweeps, BlobLayout.Searches })
            await foreach (var _ in app.Store.ListAsync(container, "")) count++;
        return count;
    }
}
