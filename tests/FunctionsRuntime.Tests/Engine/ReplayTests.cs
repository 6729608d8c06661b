using Microsoft.Azure.Functions.Worker.Orchestrations;
using Microsoft.DurableTask.Client;

namespace HsNas.FunctionsRuntime.Tests.Engine;

public sealed class ReplayTests
{
    [Fact]
    public async Task Activities_run_once_while_the_orchestrator_runs_once_per_turn()
    {
        var turns = 0;
        var calls = 0;
        await using var engine = new EngineUnderTest(new TestFunctions()
            .Activity<int>("Double", i =>
            {
                Interlocked.Increment(ref calls);
                return i * 2;
            })
            .Orchestrator("Chain", async context =>
            {
                turns++;
                var first = await context.CallActivityAsync<int>("Double", context.GetInput<int>());
                return await context.CallActivityAsync<int>("Double", first);
            }));

        var result = await engine.RunAsync("Chain", 5);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, result.RuntimeStatus);
        Assert.Equal(20, result.ReadOutputAs<int>());
        Assert.Equal(2, calls);
        Assert.Equal(3, turns);
    }

    [Fact]
    public async Task Code_before_the_first_new_message_is_replaying_and_code_after_it_is_not()
    {
        var seen = new List<string>();
        await using var engine = new EngineUnderTest(new TestFunctions()
            .Activity<int>("Nothing", _ => null)
            .Orchestrator("Look", async context =>
            {
                seen.Add($"start:{context.IsReplaying}");
                await context.CallActivityAsync("Nothing", 1);
                seen.Add($"end:{context.IsReplaying}");
                return null;
            }));

        await engine.RunAsync("Look");

        Assert.Equal(["start:False", "start:True", "end:False"], seen);
    }

    [Fact]
    public async Task Current_time_is_the_start_of_the_turn_and_is_the_same_on_replay()
    {
        var times = new List<DateTime>();
        await using var engine = new EngineUnderTest(new TestFunctions()
            .Activity<int>("Nothing", _ => null)
            .Orchestrator("Clock", async context =>
            {
                times.Add(context.CurrentUtcDateTime);
                await context.CallActivityAsync("Nothing", 1);
                return context.CurrentUtcDateTime;
            }));

        var result = await engine.RunAsync("Clock");

        Assert.Equal(2, times.Count);
        Assert.Equal(times[0], times[1]);
        Assert.Equal(DateTimeKind.Utc, times[0].Kind);
        Assert.True(result.ReadOutputAs<DateTime>() >= times[0]);
    }

    [Fact]
    public async Task Guids_are_version_5_differ_from_each_other_and_repeat_on_replay()
    {
        var runs = new List<(Guid First, Guid Second)>();
        await using var engine = new EngineUnderTest(new TestFunctions()
            .Activity<int>("Nothing", _ => null)
            .Orchestrator("Ids", async context =>
            {
                runs.Add((context.NewGuid(), context.NewGuid()));
                await context.CallActivityAsync("Nothing", 1);
                return null;
            }));

        await engine.RunAsync("Ids");

        Assert.Equal(2, runs.Count);
        Assert.Equal(runs[0], runs[1]);
        Assert.NotEqual(runs[0].First, runs[0].Second);
        Assert.Equal(5, runs[0].First.Version);
    }

    [Fact]
    public void A_name_gives_the_guid_that_the_rfc_prescribes()
    {
        // The value is that of Python's uuid.uuid5 over the same namespace.
        Assert.Equal(new Guid("ecfeed22-0400-5794-ad08-e6168ce3ea5b"), NameBasedGuid.Create("x"));
        Assert.NotEqual(NameBasedGuid.Create("x"), NameBasedGuid.Create("y"));
    }

    [Fact]
    public async Task Fan_out_keeps_the_order_of_the_calls_and_takes_few_turns()
    {
        var turns = 0;
        await using var engine = new EngineUnderTest(new TestFunctions()
            .Activity<int>("Double", i => i * 2)
            .Orchestrator("Fan", async context =>
            {
                turns++;
                return await Task.WhenAll(Enumerable.Range(0, 300).Select(i => context.CallActivityAsync<int>("Double", i)));
            }));

        var result = await engine.RunAsync("Fan");

        Assert.Equal(Enumerable.Range(0, 300).Select(i => i * 2), result.ReadOutputAs<int[]>()!);
        Assert.InRange(turns, 2, 250);
    }

    [Fact]
    public async Task Continuations_by_ContinueWith_stay_on_the_orchestrators_thread()
    {
        await using var engine = new EngineUnderTest(new TestFunctions()
            .Activity<int>("Double", i => i * 2)
            .Orchestrator("Continue", async context =>
            {
                var doubled = context.CallActivityAsync<int>("Double", 4);
#pragma warning disable CA2008 // The current scheduler is the point.
                var next = doubled.ContinueWith(task => context.CallActivityAsync<int>("Double", task.Result)).Unwrap();
#pragma warning restore CA2008
                return await next;
            }));

        Assert.Equal(16, (await engine.RunAsync("Continue")).ReadOutputAs<int>());
    }

    [Fact]
    public Task A_changed_orchestrator_is_caught_with_the_documented_text() => Stories.ChangedOrchestratorAsync();

    [Fact]
    public async Task A_renamed_activity_and_a_vanished_one_are_caught()
    {
        var name = "A";
        await using var engine = new EngineUnderTest(new TestFunctions()
            .Activity<int>("A", _ => null)
            .Activity<int>("B", _ => null)
            .Orchestrator("Drift", async context =>
            {
                if (name != "none")
                {
                    await context.CallActivityAsync(name, 0);
                }

                await context.WaitForExternalEvent<string>("Go");
                return null;
            }));
        foreach (var other in new[] { "B", "none" })
        {
            name = "A";
            var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Drift");
            await engine.UntilHistoryAsync(id, history => history.Exists(entry => entry.Kind == EntryKind.TaskCompleted));
            name = other;
            await engine.Client.RaiseEventAsync(id, "Go", "x");
            Assert.Contains("Non-Deterministic workflow detected", (await engine.CompletionAsync(id)).FailureDetails!.ErrorMessage,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Awaiting_something_not_durable_fails_the_instance_with_a_clear_text()
    {
        await using var engine = new EngineUnderTest(new TestFunctions()
            .Activity<int>("Nothing", _ => null)
            .Orchestrator("Delay", async context =>
            {
                await Task.Delay(5);
                return null;
            })
            .Orchestrator("LateDelay", async context =>
            {
                var durable = context.WaitForExternalEvent<string>("never");
                await Task.Delay(20);
                await durable;
                return null;
            })
            .Orchestrator("Unhooked", async context =>
            {
                await context.CallActivityAsync("Nothing", 1).ConfigureAwait(false);
                await context.CallActivityAsync("Nothing", 2);
                return null;
            }));

        foreach (var name in new[] { "Delay", "LateDelay", "Unhooked" })
        {
            var result = await engine.RunAsync(name);
            Assert.Equal(OrchestrationRuntimeStatus.Failed, result.RuntimeStatus);
            Assert.Contains("not durable", result.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        }
    }
}
