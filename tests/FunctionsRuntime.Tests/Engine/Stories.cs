using Microsoft.Azure.Functions.Worker.Orchestrations;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HsNas.FunctionsRuntime.Tests.Engine;

/// <summary>Behaviour of the official runtime that a more lenient one lacks. A story runs on either and ends in assertions.</summary>
internal static class Stories
{
    internal delegate TurnState StateMaker(TurnScheduler scheduler, DataConverter converter);

    /// <summary>
    /// Officially an event that comes after the timeout goes to the waiter that gave up, so the next wait times out as well.
    /// </summary>
    internal static async Task LateEventAsync(StateMaker? maker = null)
    {
        var time = new ManualTime(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var engine = new EngineUnderTest(
            new TestFunctions().Orchestrator("Late", async context =>
            {
                var first = await Outcome(() => context.WaitForExternalEvent<string>("e", TimeSpan.FromSeconds(1)));
                await context.WaitForExternalEvent<string>("between");
                return first + "|" + await Outcome(() => context.WaitForExternalEvent<string>("e", TimeSpan.FromSeconds(1)));
            }),
            time,
            newState: maker is null ? null : new(maker));
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Late");
        await TimerAsync(engine, id, 1);
        time.Advance(TimeSpan.FromSeconds(2));
        await engine.UntilHistoryAsync(id, history => history.Exists(entry => entry.Kind == EntryKind.TimerFired));
        await engine.Client.RaiseEventAsync(id, "e", "late");
        await engine.Client.RaiseEventAsync(id, "between", "x");
        await TimerAsync(engine, id, 2);
        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("TaskCanceledException|TaskCanceledException", (await engine.CompletionAsync(id)).ReadOutputAs<string>());
    }

    /// <summary>An orchestrator whose code was changed under a running instance fails it.</summary>
    internal static async Task ChangedOrchestratorAsync(StateMaker? maker = null)
    {
        var changed = false;
        await using var engine = new EngineUnderTest(
            new TestFunctions()
                .Activity<int>("Nothing", _ => null)
                .Orchestrator("Drift", async context =>
                {
                    await context.CallActivityAsync("Nothing", 0);
                    await (changed ? context.CallActivityAsync("Nothing", 1)
                        : context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None));
                    return null;
                }),
            newState: maker is null ? null : new(maker));
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Drift");
        await engine.UntilHistoryAsync(id, history => history.Exists(entry => entry.Kind == EntryKind.TimerCreated));

        changed = true;
        await engine.Client.RaiseEventAsync(id, "Wake");
        var result = await engine.CompletionAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, result.RuntimeStatus);
        Assert.Equal("DurableTask.Core.Exceptions.NonDeterministicOrchestrationException", result.FailureDetails!.ErrorType);
        Assert.Equal(
            "Non-Deterministic workflow detected: A previous execution of this orchestration scheduled a timer task "
            + "with sequence number 1 named  but the current orchestration replay instead produced a "
            + "ScheduleTaskOrchestratorAction action with this sequence number. "
            + "Was a change made to the orchestrator code after this instance had already started running?",
            result.FailureDetails.ErrorMessage);
    }

    private static async Task<string> Outcome(Func<Task<string>> wait)
    {
        try
        {
            return await wait();
        }
        catch (Exception failure)
        {
            return failure.GetType().Name;
        }
    }

    private static Task TimerAsync(EngineUnderTest engine, string id, int count) =>
        engine.UntilHistoryAsync(id, history => history.Count(entry => entry.Kind == EntryKind.TimerCreated) == count);
}
