using Microsoft.Azure.Functions.Worker.Orchestrations;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HsNas.FunctionsRuntime.Tests.Engine;

/// <summary>Suspending, resuming and ending instances from outside.</summary>
public sealed class SteeringTests
{
    [Fact]
    public async Task A_suspended_instance_keeps_its_news_until_it_is_resumed()
    {
        await using var engine = new EngineUnderTest(Waiting());
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait");
        await engine.Client.SuspendInstanceAsync(id, "pause");
        await engine.UntilAsync(id, instance => instance.Status == OrchestrationRuntimeStatus.Suspended);
        await engine.Client.RaiseEventAsync(id, "go", "x");
        await engine.UntilHistoryAsync(id, history => history.Exists(entry => entry.Kind == EntryKind.EventRaised));
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await engine.Client.GetInstanceAsync(id))!.RuntimeStatus);

        await engine.Client.ResumeInstanceAsync(id, "on");

        Assert.Equal("x", (await engine.CompletionAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Only_a_suspended_instance_is_resumed_and_it_is_not_suspended_again()
    {
        await using var engine = new EngineUnderTest(Waiting());
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait");
        await engine.UntilAsync(id, instance => instance.Status == OrchestrationRuntimeStatus.Running);

        await Assert.ThrowsAsync<InvalidOperationException>(() => engine.Client.ResumeInstanceAsync(id));
        await engine.Client.SuspendInstanceAsync(id);
        await engine.UntilAsync(id, instance => instance.Status == OrchestrationRuntimeStatus.Suspended);
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => engine.Client.SuspendInstanceAsync(id));

        Assert.Equal($"Cannot suspend the orchestration instance {id} because instance is in the Suspended state.", refused.Message);
        await engine.Client.TerminateInstanceAsync(id);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await engine.CompletionAsync(id)).RuntimeStatus);
    }

    [Fact]
    public async Task Terminate_ends_an_instance_with_the_given_output_and_then_refuses()
    {
        await using var engine = new EngineUnderTest(Waiting());
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait");
        await engine.Client.TerminateInstanceAsync(id, new { because = "enough" });

        var result = await engine.CompletionAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, result.RuntimeStatus);
        Assert.Equal("""{"because":"enough"}""", result.SerializedOutput);
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => engine.Client.TerminateInstanceAsync(id));
        Assert.Equal($"Cannot terminate the orchestration instance {id} because instance is in the Terminated state.", refused.Message);
        await Assert.ThrowsAsync<ArgumentException>(() => engine.Client.SuspendInstanceAsync("nobody"));
    }

    [Fact]
    public async Task Terminate_reaches_children_if_asked_and_no_child_ends_early_enough_to_fail_its_parent()
    {
        string[] children = [.. Enumerable.Range(0, 50).Select(index => $"child{index}")];
        await using var engine = new EngineUnderTest(Waiting().Orchestrator("Parent", async context =>
        {
            // The first child that ends decides, and with so many, one may well end before the last is told to.
            var waits = children.Select(child =>
                context.CallSubOrchestratorAsync<string>("Wait", options: new SubOrchestrationOptions(instanceId: child)));
            return await await Task.WhenAny(waits.ToList());
        }));
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Parent");
        foreach (var child in children)
        {
            await engine.UntilAsync(child, instance => instance.Status == OrchestrationRuntimeStatus.Running);
        }

        await engine.Client.TerminateInstanceAsync(id, new TerminateInstanceOptions("stop", Recursive: true));

        foreach (var instance in children.Append(id))
        {
            Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await engine.CompletionAsync(instance)).RuntimeStatus);
        }
    }

    [Fact]
    public async Task A_child_that_is_being_started_when_its_parent_is_told_to_end_ends_too()
    {
        using var starting = new ManualResetEventSlim();
        using var told = new ManualResetEventSlim();
        await using var engine = new EngineUnderTest(Waiting().Orchestrator("Parent", async context =>
        {
            starting.Set();
            told.Wait(TimeSpan.FromSeconds(30));
            return await context.CallSubOrchestratorAsync<string>("Middle", options: new SubOrchestrationOptions(instanceId: "middle"));
        }).Orchestrator("Middle", async context =>
            await context.CallSubOrchestratorAsync<string>("Wait", options: new SubOrchestrationOptions(instanceId: "child"))));
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Parent");
        Assert.True(starting.Wait(TimeSpan.FromSeconds(30)));

        await engine.Client.TerminateInstanceAsync(id, new TerminateInstanceOptions("stop", Recursive: true));
        told.Set();

        foreach (var instance in new[] { id, "middle" })
        {
            var end = await engine.CompletionAsync(instance);
            Assert.Equal((OrchestrationRuntimeStatus.Terminated, "\"stop\""), (end.RuntimeStatus, end.SerializedOutput));
        }

        var grandchild = await engine.Client.GetInstanceAsync("child");
        Assert.True(grandchild is null || (await engine.CompletionAsync("child")).RuntimeStatus == OrchestrationRuntimeStatus.Terminated);
    }

    private static TestFunctions Waiting() =>
        new TestFunctions().Orchestrator("Wait", async context => await context.WaitForExternalEvent<string>("go"));
}
