using DurableTask.Core.Exceptions;
using Microsoft.Azure.Functions.Worker.Orchestrations;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace HsNas.FunctionsRuntime.Tests.Engine;

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
        await using var engine = new EngineUnderTest(Waiting());
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
        await using var engine = new EngineUnderTest(Waiting());
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
        await using var engine = new EngineUnderTest(Waiting().Orchestrator("Now", _ => Task.FromResult<object?>(1)), time);
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
    public async Task Sub_orchestrations_know_their_parent_and_return_to_it()
    {
        await using var engine = new EngineUnderTest(new TestFunctions()
            .Orchestrator("Child", context =>
                Task.FromResult<object?>($"{context.Parent!.Name.Name}/{context.Parent.InstanceId}/{context.GetInput<int>()}"))
            .Orchestrator("Parent", async context => await context.CallSubOrchestratorAsync<string>(
                "Child", 7, new TaskOptions().WithInstanceId(context.InstanceId + ":child"))));

        var result = await engine.RunAsync("Parent");

        Assert.Equal($"Parent/{result.InstanceId}/7", result.ReadOutputAs<string>());
        Assert.NotNull(await engine.Client.GetInstanceAsync(result.InstanceId + ":child"));
    }

    [Fact]
    public async Task A_sub_orchestration_without_an_id_gets_the_parents_next_guid_and_keeps_it_on_replay()
    {
        await using var engine = new EngineUnderTest(new TestFunctions()
            .Activity<int>("Nothing", _ => null)
            .Orchestrator("Child", context => Task.FromResult<object?>(context.InstanceId))
            .Orchestrator("Parent", async context =>
            {
                var child = await context.CallSubOrchestratorAsync<string>("Child");
                await context.CallActivityAsync("Nothing", 0);
                return child;
            }));

        var result = await engine.RunAsync("Parent");

        var created = Assert.Single(engine.History(result.InstanceId), entry => entry.Kind == EntryKind.SubOrchestrationInstanceCreated);
        var started = engine.History(result.InstanceId).First(entry => entry.Kind == EntryKind.OrchestratorStarted).At;
        Assert.Equal(created.Instance, result.ReadOutputAs<string>());
        Assert.Equal(
            NameBasedGuid.Create(FormattableString.Invariant($"{result.InstanceId}_{started:o}_0")).ToString("N"), created.Instance);
    }

    [Fact]
    public async Task Names_of_functions_are_the_same_in_any_case()
    {
        await using var engine = new EngineUnderTest(new TestFunctions()
            .Activity<int>("Double", i => i * 2)
            .Orchestrator("Child", async context => await context.CallActivityAsync<int>("DOUBLE", 2))
            .Orchestrator("Parent", async context => await context.CallSubOrchestratorAsync<int>("cHILD")));

        Assert.Equal(4, (await engine.RunAsync("pARENT")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Payloads_beyond_60_KB_of_UTF_16_are_warned_of()
    {
        var warnings = new Warnings();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(warnings));
        await using var engine = new EngineUnderTest(
            new TestFunctions()
                .Activity<int>("Much", length => new string('x', length))
                .Orchestrator("Carry", async context => (await context.CallActivityAsync<string>("Much", context.GetInput<int>())).Length),
            loggers: loggers);

        await engine.RunAsync("Carry", (30 * 1024) - 2); // and two quotes: 61,440 bytes
        Assert.Empty(warnings.Texts);
        await engine.RunAsync("Carry", (30 * 1024) - 1);
        Assert.Matches("^Carry .* TaskCompleted .* is 61442 bytes .* pass a reference instead$", Assert.Single(warnings.Texts));
    }

    [Fact]
    public async Task A_custom_status_is_visible_while_running_and_limited_to_16_KB_of_UTF_16()
    {
        await using var engine = new EngineUnderTest(Waiting()
            .Orchestrator("Status", async context =>
            {
                context.SetCustomStatus(new { step = 1 });
                await context.WaitForExternalEvent<string>("go");
                context.SetCustomStatus(new string('x', 8190)); // and two quotes: 16,384 bytes
                return null;
            })
            .Orchestrator("Much", context =>
            {
                context.SetCustomStatus(new string('x', 8191));
                return Task.FromResult<object?>(null);
            }));
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Status");
        var running = await engine.UntilAsync(id, instance => instance.CustomStatus is not null);
        Assert.Equal("""{"step":1}""", running.CustomStatus);
        await engine.Client.RaiseEventAsync(id, "go", "x");

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.CompletionAsync(id)).RuntimeStatus);
        Assert.Equal("System.ArgumentException", (await engine.RunAsync("Much")).FailureDetails!.ErrorType);
    }

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

    [Fact]
    public async Task Listing_pages_through_instances_in_the_order_of_their_ids()
    {
        await using var engine = new EngineUnderTest(Waiting());
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
        await using var engine = new EngineUnderTest(Waiting());
        await Assert.ThrowsAsync<NotSupportedException>(() => engine.Client.RestartAsync("x"));
        await Assert.ThrowsAsync<NotSupportedException>(() => engine.Client.RewindInstanceAsync("x", "y"));
        await Assert.ThrowsAsync<NotSupportedException>(() => engine.Client.ListInstanceIdsAsync());
        using var soon = new CancellationTokenSource(50);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => engine.Client.WaitForInstanceCompletionAsync("missing", soon.Token));
    }

    private static TestFunctions Waiting() =>
        new TestFunctions().Orchestrator("Wait", async context => await context.WaitForExternalEvent<string>("go"));

    private sealed class Warnings : ILoggerProvider, ILogger
    {
        internal System.Collections.Concurrent.ConcurrentQueue<string> Texts { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                Texts.Enqueue(formatter(state, exception));
            }
        }

        public void Dispose()
        {
        }
    }
}
