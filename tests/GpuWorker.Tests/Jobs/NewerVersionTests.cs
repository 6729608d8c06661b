using System.Text.Json;
using System.Text.Json.Nodes;
using HsNas.Contracts.Jobs;
using HsNas.FunctionsRuntime.Tests.Storage;
using HsNas.GpuWorker.Jobs;
using HsNas.Kernel;
using HsNas.Kernel.Stores;

namespace HsNas.GpuWorker.Tests.Jobs;

/// <summary>This version's worker while app and other workers are of the next one; docs/durability.md says what it does.</summary>
public sealed class NewerVersionTests(Azurite azurite) : IClassFixture<Azurite>
{
    [Fact]
    public async Task A_message_with_a_field_of_the_next_version_is_done()
    {
        await using var loop = await RunningLoop.StartAsync(azurite, new ThisVersion());

        var job = await loop.SubmitAsync("work", """{"steps":3}""", ("priority", "high"));

        await loop.RepliesAsync(1);
        Assert.Equal(3, (await loop.ResultAsync(job)).Value!.Value.GetProperty("steps").GetInt32());
        Assert.Empty(await loop.PoisonAsync());
    }

    [Theory]
    [InlineData("work", """{"steps":3,"curriculum":"short-first"}""")]
    [InlineData("work-of-a-new-kind", """{"steps":3}""")]
    public async Task A_job_of_the_next_version_is_done_by_the_next_worker_while_older_ones_are_still_there(string kind, string input)
    {
        await using var older = await RunningLoop.StartAsync(azurite, new ThisVersion());
        var job = await older.SubmitAsync(kind, input);
        await older.WaitingAsync();
        Assert.False(await older.Store.ExistsAsync(BlobPath.Parse(job.OutputBlob)));

        await using var newer = await RunningLoop.StartAsync(azurite, new NextVersion(kind), clears: false);

        await newer.RepliesAsync(1);
        Assert.Null((await newer.ResultAsync(job)).Error);
        Assert.Empty(await newer.PoisonAsync());
        await newer.EmptyAsync();
    }

    [Fact]
    public async Task A_message_of_a_schema_that_is_not_known_waits_as_it_is()
    {
        const string Message = """{"schema":2,"work":{"id":[1,2],"name":"ü"},"since":"2027-01-01"}""";
        await using var loop = await RunningLoop.StartAsync(azurite, new ThisVersion());
        await loop.SendTextAsync(Message);

        var waiting = JsonNode.Parse(await loop.WaitingAsync())!.AsObject();

        Assert.True(waiting.Remove("waits"));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Message), waiting), $"{waiting}");
        Assert.Empty(await loop.PoisonAsync());
    }

    [Fact]
    public async Task A_job_for_which_no_newer_worker_comes_gets_an_error_that_says_so()
    {
        await using var loop = await RunningLoop.StartAsync(azurite, new ThisVersion(), newerPatience: 2 * RunningLoop.Visibility);

        var job = await loop.SubmitAsync("work", """{"steps":3,"curriculum":"short-first"}""");

        await loop.RepliesAsync(1);
        Assert.Equal(
            "No worker was new enough for the job: its input has the field $.curriculum, which this version does not know.",
            (await loop.ResultAsync(job)).Error);
        Assert.Single(await loop.PoisonAsync());
        await loop.EmptyAsync();
    }

    private sealed record Work(int Steps);

    private sealed record NextWork(int Steps, string? Curriculum = null);

    private sealed class ThisVersion : IJobHandler
    {
        public string Kind => "work";

        public Task<object> RunAsync(JobContext job, JsonElement input, CancellationToken cancellationToken) =>
            Task.FromResult<object>(JobInput.Read<Work>(input));
    }

    private sealed class NextVersion(string kind) : IJobHandler
    {
        public string Kind => kind;

        public Task<object> RunAsync(JobContext job, JsonElement input, CancellationToken cancellationToken) =>
            Task.FromResult<object>(JobInput.Read<NextWork>(input));
    }
}
