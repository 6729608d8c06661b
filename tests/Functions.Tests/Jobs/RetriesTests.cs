using System.Text.Json;
using HsNas.Evolution.Constraints;
using HsNas.Functions.Jobs;
using HsNas.Functions.Tests.Support;
using HsNas.Llm;
using HsNas.Spaces;

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

        var id = await host.StartAsync(nameof(WaitingOrchestrators.Retry), new Attempting(nameof(PublicScripts.PublicAttempt), key));
        var end = await host.EndAsync(id, tick: TimeSpan.FromMilliseconds(250));

        Assert.Equal("Completed", end.GetProperty("runtimeStatus").GetString());
        var gaps = times.Zip(times.Skip(1), (a, b) => (b - a).TotalSeconds).ToList();
        Assert.Equal(3, gaps.Count);
        Assert.True(gaps[0] >= 1 && gaps[1] >= 2 && gaps[2] >= 4, string.Join(", ", gaps));
    }

    [Theory]
    [InlineData(nameof(PublicScripts.PublicAttempt))]
    [InlineData(nameof(Scripts.HiddenAttempt))]
    public async Task What_never_passes_is_given_up_after_five_attempts(string activity)
    {
        var (attempts, _) = await FailAsync(activity, new IOException("the disk is gone"));

        Assert.Equal(5, attempts);
    }

    [Theory]
    [MemberData(nameof(FinalFailures))]
    public async Task What_would_fail_again_is_not_tried_again_however_the_worker_wraps_it(string activity, string failure)
    {
        var (attempts, output) = await FailAsync(activity, Final[failure]);

        Assert.Equal(1, attempts);
        Assert.Contains("no number", output, StringComparison.Ordinal);
    }

    /// <summary>Each final failure, from a function of a public class and from one of a hidden class.</summary>
    public static TheoryData<string, string> FinalFailures()
    {
        var all = new TheoryData<string, string>();
        foreach (var name in Final.Keys)
        {
            all.Add(nameof(PublicScripts.PublicAttempt), name);
            all.Add(nameof(Scripts.HiddenAttempt), name);
        }

        return all;
    }

    private static Dictionary<string, Exception> Final { get; } = new Exception[]
    {
        new LabelException("no number"),
        new SearchRefusedException("no number"),
        new JobFailedException("no number"),
        new InfeasibleSearchException("no number", floor: null!),
        new TaskDefinitionException("task.json", "name", "no number", "a name"),
    }.ToDictionary(e => e.GetType().Name, StringComparer.Ordinal);

    private static async Task<(int Attempts, string? Output)> FailAsync(string activity, Exception failure)
    {
        await using var host = await OrchestrationHost.StartAsync();
        var input = new Attempting(activity, Scripts.Attempt(_ => throw failure));
        JsonElement end = await host.EndAsync(
            await host.StartAsync(nameof(WaitingOrchestrators.Retry), input), tick: TimeSpan.FromSeconds(5));
        Assert.Equal("Failed", end.GetProperty("runtimeStatus").GetString());
        return (Scripts.CallsOf(input.Key), end.GetProperty("output").GetString());
    }
}
