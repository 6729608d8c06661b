using Microsoft.Azure.Functions.Worker.Orchestrations;
using Microsoft.DurableTask.Client;

namespace HsNas.FunctionsRuntime.Tests.Engine;

/// <summary>Timers of orchestrations.</summary>
public sealed class DurableTimerTests
{
    [Fact]
    public async Task A_long_timer_is_cut_into_pieces()
    {
        var time = new ManualTime(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var engine = new EngineUnderTest(
            new TestFunctions().Orchestrator("Long", async context =>
            {
                await context.CreateTimer(TimeSpan.FromHours(2.5), CancellationToken.None);
                return null;
            }),
            time,
            longestTimer: TimeSpan.FromHours(1));

        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Long");
        for (var piece = 1; piece <= 3; piece++)
        {
            await engine.UntilHistoryAsync(id, history => history.Count(entry => entry.Kind == EntryKind.TimerCreated) == piece);
            time.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.CompletionAsync(id)).RuntimeStatus);
    }

    [Fact]
    public async Task A_cancelled_timer_throws_and_an_open_one_does_not_hold_the_end()
    {
        await using var engine = new EngineUnderTest(new TestFunctions().Orchestrator("Timers", async context =>
        {
            using var cancel = new CancellationTokenSource();
            var timer = context.CreateTimer(TimeSpan.FromHours(1), cancel.Token);
            _ = context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
            cancel.Cancel();
            await Assert.ThrowsAsync<TaskCanceledException>(() => timer);
            return "over";
        }));

        Assert.Equal("over", (await engine.RunAsync("Timers")).ReadOutputAs<string>());
    }
}
