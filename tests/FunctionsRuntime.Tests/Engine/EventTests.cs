using Microsoft.DurableTask;

namespace HsNas.FunctionsRuntime.Tests.Engine;

public sealed class EventTests
{
    [Fact]
    public async Task Events_without_a_waiter_are_kept_in_order_whatever_the_case_of_their_names()
    {
        await using var engine = new EngineUnderTest(new TestFunctions()
            .Activity<int>("Nothing", _ => null)
            .Orchestrator("Collect", async context =>
            {
                await context.WaitForExternalEvent<string>("start");
                return await context.WaitForExternalEvent<int>("number") + "," + await context.WaitForExternalEvent<int>("Number");
            }));
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Collect");
        await engine.Client.RaiseEventAsync(id, "NUMBER", 1);
        await engine.Client.RaiseEventAsync(id, "number", 2);
        await engine.Client.RaiseEventAsync(id, "start", "go");

        Assert.Equal("1,2", (await engine.CompletionAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Waiters_of_one_event_form_a_stack()
    {
        await using var engine = new EngineUnderTest(new TestFunctions().Orchestrator("Stack", async context =>
        {
            var first = context.WaitForExternalEvent<string>("e");
            var second = context.WaitForExternalEvent<string>("e");
            await Task.WhenAll(first, second);
            return $"{await first}|{await second}";
        }));
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Stack");
        await engine.Client.RaiseEventAsync(id, "e", "one");
        await engine.Client.RaiseEventAsync(id, "e", "two");

        Assert.Equal("two|one", (await engine.CompletionAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Waiting_for_another_type_under_the_same_name_is_refused()
    {
        await using var engine = new EngineUnderTest(new TestFunctions().Orchestrator("Mixed", async context =>
        {
            _ = context.WaitForExternalEvent<string>("e");
            return await context.WaitForExternalEvent<int>("e");
        }));

        Assert.Equal("System.ArgumentException", (await engine.RunAsync("Mixed")).FailureDetails!.ErrorType);
    }

    [Fact]
    public Task An_event_that_comes_after_the_timeout_is_handed_to_the_dead_waiter_and_lost() => Stories.LateEventAsync();

    [Fact]
    public async Task An_event_within_the_timeout_arrives_and_its_timer_does_not_hold_the_instance()
    {
        await using var engine = new EngineUnderTest(new TestFunctions().Orchestrator("Prompt", async context =>
            await context.WaitForExternalEvent<string>("e", TimeSpan.FromHours(1))));
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Prompt");
        await engine.Client.RaiseEventAsync(id, "e", "here");

        Assert.Equal("here", (await engine.CompletionAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Orchestrations_send_events_to_each_other()
    {
        await using var engine = new EngineUnderTest(new TestFunctions()
            .Orchestrator("Ear", async context => await context.WaitForExternalEvent<string>("word"))
            .Orchestrator("Mouth", context =>
            {
                context.SendEvent("ear", "word", "hello");
                return Task.FromResult<object?>(null);
            }));
        var ear = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Ear", new StartOrchestrationOptions("ear"));
        await engine.RunAsync("Mouth");

        Assert.Equal("hello", (await engine.CompletionAsync(ear)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_event_for_nobody_is_an_error_and_one_for_a_finished_instance_is_dropped()
    {
        await using var engine = new EngineUnderTest(new TestFunctions().Orchestrator("Done", _ => Task.FromResult<object?>(1)));
        var done = await engine.RunAsync("Done");

        await engine.Client.RaiseEventAsync(done.InstanceId, "e");
        await Assert.ThrowsAsync<ArgumentException>(() => engine.Client.RaiseEventAsync("nobody", "e"));
    }
}
