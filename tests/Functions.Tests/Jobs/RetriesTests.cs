using System.Text.Json;
using HsNas.Functions.Jobs;
using HsNas.Functions.Tests.Support;
using HsNas.Llm;
using HsNas.Shared.Tasks;

namespace HsNas.Functions.Tests.Jobs;

public sealed class RetriesTests
{
    [Fact]
    public async Task A_hiccup_passes_and_attempts_are_spread_over_time()
    {
        await using var host = await OrchestrationHost.StartAsync();
        var times = new List<DateTimeOffset>();
        var key = Scripts.Attempt(attempt =>
        {
            lock (times) times.Add(host.Time.GetUtcNow());
            if (attempt < 4) throw new IOException("storage is busy");
        });

        var end = await host.EndAsync(await host.StartAsync(nameof(WaitingOrchestrators.Retry), key), tick: TimeSpan.FromMilliseconds(250));

        Assert.Equal("Completed", end.GetProperty("runtimeStatus").GetString());
        var gaps = times.Zip(times.Skip(1), (a, b) => (b - a).TotalSeconds).ToList();
        Assert.Equal(3, gaps.Count);
        Assert.True(gaps[0] >= 1 && gaps[1] >= 2 && gaps[2] >= 4, string.Join(", ", gaps));
    }

    [Fact]
    public async Task What_never_passes_is_given_up_after_five_attempts()
    {
        var (attempts, _) = await FailAsync(() => new IOException("the disk is gone"));

        Assert.Equal(5, attempts);
    }

    [Theory]
    [InlineData("label")]
    [InlineData("refused")]
    [InlineData("job")]
    [InlineData("task")]
    public async Task What_would_fail_again_is_not_tried_again(string kind)
    {
        var (attempts, output) = await FailAsync(() => kind switch
        {
            "label" => new LabelException("no number"),
            "refused" => new SearchRefusedException("no number"),
            "job" => new JobFailedException("no number"),
            _ => new TaskDefinitionException("task.json", "name", "no number", "a name"),
        });

        Assert.Equal(1, attempts);
        Assert.Contains("no number", output, StringComparison.Ordinal);
    }

    private static async Task<(int Attempts, string? Output)> FailAsync(Func<Exception> failure)
    {
        await using var host = await OrchestrationHost.StartAsync();
        var key = Scripts.Attempt(_ => throw failure());
        JsonElement end = await host.EndAsync(await host.StartAsync(nameof(WaitingOrchestrators.Retry), key), tick: TimeSpan.FromSeconds(5));
        Assert.Equal("Failed", end.GetProperty("runtimeStatus").GetString());
        return (Scripts.CallsOf(key), end.GetProperty("output").GetString());
    }
}
