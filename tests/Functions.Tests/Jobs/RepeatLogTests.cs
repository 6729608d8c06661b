using System.Text.Json;
using HsNas.Functions.Jobs;
using HsNas.Functions.Tests.Support;
using HsNas.Llm;

namespace HsNas.Functions.Tests.Jobs;

public sealed class RepeatLogTests
{
    [Fact]
    public async Task Failed_attempts_are_counted_once_however_often_the_orchestration_is_replayed()
    {
        await using var host = await OrchestrationHost.StartAsync();
        var key = Scripts.Attempt(attempt =>
        {
            if (attempt < 3) throw new IOException("storage is busy");
        });
        var start = host.Time.GetUtcNow().UtcDateTime;

        var (failed, taken) = await RunAsync(host, key, new JobOutcome(true, null));

        Assert.Equal(2, failed!.Count);
        Assert.InRange(failed.Last[1] - failed.Last[0], TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        Assert.InRange(failed.Last[0], start, start + TimeSpan.FromSeconds(30));
        Assert.Null(taken);
    }

    [Fact]
    public async Task A_job_taken_again_counts_only_where_this_orchestration_waited_for_it_by_then()
    {
        await using var host = await OrchestrationHost.StartAsync();
        var start = host.Time.GetUtcNow();
        var (before, after) = (start - TimeSpan.FromHours(1), start + TimeSpan.FromHours(1));

        var (failed, taken) = await RunAsync(host, Scripts.Attempt(_ => { }), new JobOutcome(true, null, Taken: [before, after]));

        Assert.Null(failed);
        Assert.Equal([after.UtcDateTime], taken!.Last);
    }

    [Fact]
    public async Task What_is_not_repeated_is_not_counted()
    {
        await using var host = await OrchestrationHost.StartAsync();
        var input = new Repeating(Scripts.Attempt(_ => throw new LabelException("no number")), Scripts.Job(_ => throw new IOException()));

        var end = await host.EndAsync(await host.StartAsync(nameof(WaitingOrchestrators.Repeat), input), tick: TimeSpan.FromSeconds(5));

        Assert.Equal("Failed", end.GetProperty("runtimeStatus").GetString());
        Assert.Equal(JsonValueKind.Null, end.GetProperty("customStatus").ValueKind);
    }

    [Fact]
    public void Of_many_times_the_last_twelve_are_kept_and_all_are_counted()
    {
        var start = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var repeats = Enumerable.Range(0, 40).Aggregate(Repeats.None, (all, n) => all.With(start.AddMinutes(n)));

        Assert.Equal(40, repeats.Count);
        Assert.Equal(Enumerable.Range(28, 12).Select(n => start.AddMinutes(n)), repeats.Last);
    }

    private static async Task<(Repeats? Failed, Repeats? Taken)> RunAsync(OrchestrationHost host, string key, JobOutcome outcome)
    {
        var job = Scripts.Job(_ => Task.FromResult(outcome));
        var id = await host.StartAsync(nameof(WaitingOrchestrators.Repeat), new Repeating(key, job));
        var end = await host.EndAsync(id, tick: TimeSpan.FromSeconds(2));
        Assert.Equal("Completed", end.GetProperty("runtimeStatus").GetString());
        var output = end.GetProperty("output").Deserialize<Repeated>(JsonSerializerOptions.Web)!;
        return (output.Failed, output.Taken);
    }
}
