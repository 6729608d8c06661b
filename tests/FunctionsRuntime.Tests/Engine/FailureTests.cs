using Microsoft.Azure.Functions.Worker.Orchestrations;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HsNas.FunctionsRuntime.Tests.Engine;

public sealed class FailureTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(30);

    [Fact]
    public async Task An_activity_failure_carries_the_documented_text_and_details()
    {
        TaskFailedException? caught = null;
        await using var engine = new EngineUnderTest(Failing().Orchestrator("Catch", async context =>
        {
            try
            {
                await context.CallActivityAsync("Always", 1);
            }
            catch (TaskFailedException failure)
            {
                caught = failure;
            }

            return null;
        }));

        await engine.RunAsync("Catch");

        Assert.NotNull(caught);
        Assert.Equal("Task 'Always' (#0) failed with an unhandled exception: always", caught.Message);
        Assert.Equal("Always", caught.TaskName);
        Assert.Equal(0, caught.TaskId);
        Assert.Equal("System.InvalidOperationException", caught.FailureDetails.ErrorType);
        Assert.Equal("System.IO.IOException", caught.FailureDetails.InnerFailure!.ErrorType);
        Assert.True(caught.FailureDetails.IsCausedBy<Exception>());
        Assert.True(caught.FailureDetails.IsCausedBy<InvalidOperationException>());
        Assert.False(caught.FailureDetails.IsCausedBy<IOException>());
    }

    [Fact]
    public async Task An_uncaught_failure_ends_the_instance_with_the_raw_text_as_output()
    {
        await using var engine =
            new EngineUnderTest(Failing().Orchestrator("Let", async context => await context.CallActivityAsync<int>("Always", 1)));

        var result = await engine.RunAsync("Let");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, result.RuntimeStatus);
        Assert.Equal("Task 'Always' (#0) failed with an unhandled exception: always", result.SerializedOutput);
        Assert.Equal("Microsoft.DurableTask.TaskFailedException", result.FailureDetails!.ErrorType);
        Assert.Equal("System.InvalidOperationException", result.FailureDetails.InnerFailure!.ErrorType);
    }

    [Fact]
    public async Task A_failure_crosses_a_sub_orchestration()
    {
        TaskFailedException? caught = null;
        await using var engine = new EngineUnderTest(Failing()
            .Orchestrator("Child", async context => await context.CallActivityAsync<int>("Always", 1))
            .Orchestrator("Parent", async context =>
            {
                try
                {
                    await context.CallSubOrchestratorAsync("Child");
                }
                catch (TaskFailedException failure)
                {
                    caught = failure;
                }

                return null;
            }));

        await engine.RunAsync("Parent");

        Assert.Equal("Microsoft.DurableTask.TaskFailedException", caught!.FailureDetails.ErrorType);
        Assert.Equal("System.InvalidOperationException", caught.FailureDetails.InnerFailure!.ErrorType);
    }

    [Fact]
    public async Task Unknown_functions_fail_and_are_not_retried()
    {
        await using var engine = new EngineUnderTest(new TestFunctions().Orchestrator("Calls", async context =>
        {
            var failures = new List<string>();
            foreach (var call in new Func<Task>[]
            {
                () => context.CallActivityAsync("Nope", 1, TaskOptions.FromRetryPolicy(new RetryPolicy(3, Short))),
                () => context.CallSubOrchestratorAsync("NoSuchOrch", 1, TaskOptions.FromRetryHandler(_ => true)),
            })
            {
                try
                {
                    await call();
                }
                catch (TaskFailedException failure)
                {
                    failures.Add(failure.FailureDetails.ToString());
                }
            }

            return failures;
        }));

        var result = await engine.RunAsync("Calls");

        Assert.Equal(
            ["ActivityTaskNotFound: No activity task named 'Nope' was found.",
            "OrchestratorTaskNotFound: No orchestrator task named 'NoSuchOrch' was found."],
            result.ReadOutputAs<string[]>()!);
        Assert.DoesNotContain(engine.History(result.InstanceId), entry => entry.Kind == EntryKind.TimerCreated);
    }

    [Fact]
    public async Task A_policy_retries_with_growing_pauses_and_lets_one_more_timer_fire_at_the_end()
    {
        var attempts = 0;
        await using var engine = new EngineUnderTest(new TestFunctions()
            .Activity<int>("Flaky", _ =>
            {
                attempts++;
                throw new InvalidOperationException("again");
            })
            .Orchestrator("Stubborn", async context =>
            {
                await context.CallActivityAsync("Flaky", 1, TaskOptions.FromRetryPolicy(new RetryPolicy(4, Short, 2)));
                return null;
            }));

        var result = await engine.RunAsync("Stubborn");

        var timers = engine.History(result.InstanceId).Where(entry => entry.Kind == EntryKind.TimerCreated).ToList();
        Assert.Equal(4, attempts);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, result.RuntimeStatus);
        Assert.Equal([1, 2, 4, 0],
            timers.Select(timer => (int)Math.Round((timer.FireAt!.Value - timer.At).TotalMilliseconds / Short.TotalMilliseconds)));
        Assert.Equal("Task 'Flaky' (#6) failed with an unhandled exception: again", result.SerializedOutput);
    }

    [Fact]
    public async Task A_policy_stops_at_its_longest_pause_and_at_its_timeout()
    {
        var time = new ManualTime(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var engine = new EngineUnderTest(
            new TestFunctions()
                .Activity<int>("Flaky", _ => throw new InvalidOperationException("again"))
                .Orchestrator("Stubborn", async context =>
                {
                    var policy = new RetryPolicy(100, TimeSpan.FromSeconds(10), 3, TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(110));
                    await context.CallActivityAsync("Flaky", 1, TaskOptions.FromRetryPolicy(policy));
                    return null;
                }),
            time);
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Stubborn");
        double[] pauses = [10, 30, 40, 40]; // The fifth attempt comes after 120 seconds, past the timeout.
        for (var timer = 0; timer < pauses.Length; timer++)
        {
            await engine.UntilHistoryAsync(id, history => history.Count(entry => entry.Kind == EntryKind.TimerCreated) == timer + 1);
            time.Advance(TimeSpan.FromSeconds(pauses[timer]));
        }

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await engine.CompletionAsync(id)).RuntimeStatus);
        var timers = engine.History(id).Where(entry => entry.Kind == EntryKind.TimerCreated);
        Assert.Equal(pauses, timers.Select(entry => (entry.FireAt!.Value - entry.At).TotalSeconds));
    }

    [Fact]
    public async Task A_policy_may_refuse_a_failure_and_an_attempt_may_succeed()
    {
        var attempts = 0;
        await using var engine = new EngineUnderTest(new TestFunctions()
            .Activity<int>("ThirdTime", _ => ++attempts < 3 ? throw new InvalidOperationException("again") : attempts)
            .Orchestrator("Patient", async context => await context.CallActivityAsync<int>(
                "ThirdTime", 1, TaskOptions.FromRetryPolicy(new RetryPolicy(9, Short))))
            .Orchestrator("Picky", async context => await context.CallActivityAsync<int>(
                "ThirdTime", 1, TaskOptions.FromRetryPolicy(
                    new RetryPolicy(9, Short) { HandleFailure = failure => failure.IsCausedBy<IOException>() }))));

        Assert.Equal(3, (await engine.RunAsync("Patient")).ReadOutputAs<int>());
        attempts = 0;
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await engine.RunAsync("Picky")).RuntimeStatus);
        Assert.Equal(1, attempts);
    }

    [Fact]
    public async Task A_handler_decides_without_pauses()
    {
        var attempts = 0;
        await using var engine = new EngineUnderTest(new TestFunctions()
            .Activity<int>("Flaky", _ =>
            {
                attempts++;
                throw new InvalidOperationException("again");
            })
            .Orchestrator("Asking", async context =>
            {
                await context.CallActivityAsync("Flaky", 1,
                    TaskOptions.FromRetryHandler(outlook => outlook.LastAttemptNumber < 3 && outlook.LastFailure.ErrorMessage == "again"));
                return null;
            }));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await engine.RunAsync("Asking")).RuntimeStatus);
        Assert.Equal(3, attempts);
    }

    [Theory]
    [InlineData(0, 1, 1, null, null)]
    [InlineData(1, 0, 1, null, null)]
    [InlineData(1, 1, 0.5, null, null)]
    [InlineData(1, 2, 1, 1, null)]
    [InlineData(1, 2, 1, null, 1)]
    public void A_policy_without_sense_is_refused(int attempts, int first, double factor, int? longest, int? timeout)
    {
        TimeSpan? Span(int? seconds) => seconds is { } value ? TimeSpan.FromSeconds(value) : null;
        Assert.ThrowsAny<ArgumentException>(() =>
            new RetryPolicy(attempts, TimeSpan.FromSeconds(first), factor, Span(longest), Span(timeout)));
    }

    [Fact]
    public async Task Missing_options_are_refused()
    {
        await using var engine = new EngineUnderTest(new TestFunctions().Orchestrator("Null", async context =>
        {
            await context.CallActivityAsync("x", options: null!);
            return null;
        }));

        Assert.Equal("System.ArgumentException", (await engine.RunAsync("Null")).FailureDetails!.ErrorType);
    }

    private static TestFunctions Failing() => new TestFunctions()
        .Activity<int>("Always", _ => throw new InvalidOperationException("always", new IOException("inner")));
}
