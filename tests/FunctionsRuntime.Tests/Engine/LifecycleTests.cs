using DurableTask.Core.Exceptions;
using Microsoft.Azure.Functions.Worker.Orchestrations;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HsNas.FunctionsRuntime.Tests.Engine;

/// <summary>Start, restart, purge and listing of instances.</summary>
public sealed class LifecycleTests
{
    [Fact]
    public async Task ContinueAsNew_starts_over_ignores_the_result_and_carries_events()
    {
        var seen = new List<string>();
        await using var engine = new EngineUnderTest(new TestFunctions()
            .Activity<int>("Nothing", _ => null)
            .Orchestrator("Loop", async context =>
            {
                var round = context.GetInput<int>();
                var word = await context.WaitForExternalEvent<string>("word");
                await context.CallActivityAsync("Nothing", 1);
                if (!context.IsReplaying)
                {
                    seen.Add($"{round}:{word}");
                }

                if (round == 3)
                {
                    return "done";
                }

                context.ContinueAsNew(round + 1);
                return "ignored";
            }));
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Loop", 1);
        foreach (var word in new[] { "a", "b", "c" })
        {
            await engine.Client.RaiseEventAsync(id, "word", word);
        }

        var result = await engine.CompletionAsync(id);

        Assert.Equal(["1:a", "2:b", "3:c"], seen);
        Assert.Equal("done", result.ReadOutputAs<string>());
        Assert.Equal(3, result.ReadInputAs<int>());
        Assert.Single(engine.History(id), entry => entry.Kind == EntryKind.ExecutionStarted);
    }

    [Fact]
    public async Task ContinueAsNew_may_drop_what_was_not_processed()
    {
        await using var engine = new EngineUnderTest(new TestFunctions().Orchestrator("Forget", async context =>
        {
            if (context.GetInput<int>() == 2)
            {
                return await context.WaitForExternalEvent<string>("kept");
            }

            await context.WaitForExternalEvent<string>("go");
            context.ContinueAsNew(2, preserveUnprocessedEvents: false);
            return null;
        }));
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Forget", 1);
        await engine.Client.RaiseEventAsync(id, "kept", "old");
        await engine.UntilHistoryAsync(id, history => history.Exists(entry => entry.Kind == EntryKind.EventRaised));
        await engine.Client.RaiseEventAsync(id, "go", "x");
        await engine.UntilAsync(id, instance => instance.Input == "2");
        await engine.Client.RaiseEventAsync(id, "kept", "new");

        Assert.Equal("new", (await engine.CompletionAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Purge_removes_finished_instances_only()
    {
        await using var engine = new EngineUnderTest(TestFunctions.Waiting());
        var waiting = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait");
        var done = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait");
        await engine.Client.RaiseEventAsync(done, "go", "x");
        await engine.CompletionAsync(done);

        Assert.Equal(1, (await engine.Client.PurgeInstanceAsync(done)).PurgedInstanceCount);
        Assert.Null(await engine.Client.GetInstanceAsync(done));
        Assert.Equal(0, (await engine.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter())).PurgedInstanceCount);
        Assert.NotNull(await engine.Client.GetInstanceAsync(waiting));
    }

    [Fact]
    public async Task A_live_id_is_not_started_again_but_a_finished_one_is_replaced()
    {
        await using var engine = new EngineUnderTest(TestFunctions.Waiting());
        var options = new StartOrchestrationOptions("one");
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait", options);
        await engine.UntilAsync("one", instance => instance.Status == OrchestrationRuntimeStatus.Running);

        var refused = await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() =>
            engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait", options));
        Assert.Equal("An orchestration with id 'one' already exists. It's in the Running state.", refused.Message);

        await engine.Client.RaiseEventAsync("one", "go", "x");
        await engine.CompletionAsync("one");
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => engine.Client.ScheduleNewOrchestrationInstanceAsync(
            "Wait", options.WithDedupeStatuses(OrchestrationRuntimeStatus.Completed)));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait", options);
        Assert.Null((await engine.Client.GetInstanceAsync("one", getInputsAndOutputs: true))!.SerializedOutput);
    }

    [Fact]
    public async Task A_start_may_lie_in_the_future_and_may_be_called_off_until_then()
    {
        var time = new ManualTime(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var engine = new EngineUnderTest(TestFunctions.Waiting().Orchestrator("Now", _ => Task.FromResult<object?>(1)), time);
        var later = await engine.Client.ScheduleNewOrchestrationInstanceAsync(
            "Now", new StartOrchestrationOptions("later", time.GetUtcNow().AddHours(1)));
        var never = await engine.Client.ScheduleNewOrchestrationInstanceAsync(
            "Now", new StartOrchestrationOptions("never", time.GetUtcNow().AddHours(2)));
        await engine.Client.TerminateInstanceAsync(never, "off");
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await engine.CompletionAsync(never)).RuntimeStatus);
        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await engine.Client.GetInstanceAsync(later))!.RuntimeStatus);

        time.Advance(TimeSpan.FromHours(3));

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.CompletionAsync(later)).RuntimeStatus);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await engine.Client.GetInstanceAsync(never))!.RuntimeStatus);
    }

    [Fact]
    public async Task Listing_pages_through_instances_in_the_order_of_their_ids()
    {
        await using var engine = new EngineUnderTest(TestFunctions.Waiting());
        foreach (var id in new[] { "a1", "a2", "a3", "b1" })
        {
            await engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait", new StartOrchestrationOptions(id));
        }

        var pages = new List<string>();
        await foreach (var page in engine.Client.GetAllInstancesAsync(new OrchestrationQuery(InstanceIdPrefix: "a", PageSize: 2)).AsPages())
        {
            pages.Add(string.Join('+', page.Values.Select(instance => instance.InstanceId)));
        }

        Assert.Equal(["a1+a2", "a3"], pages);
    }

    [Fact]
    public async Task What_the_functions_client_lacks_is_not_supported()
    {
        await using var engine = new EngineUnderTest(TestFunctions.Waiting());
        await Assert.ThrowsAsync<NotSupportedException>(() => engine.Client.RestartAsync("x"));
        await Assert.ThrowsAsync<NotSupportedException>(() => engine.Client.RewindInstanceAsync("x", "y"));
        await Assert.ThrowsAsync<NotSupportedException>(() => engine.Client.ListInstanceIdsAsync());
        using var soon = new CancellationTokenSource(50);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => engine.Client.WaitForInstanceCompletionAsync("missing", soon.Token));
    }
}
