using Microsoft.Azure.Functions.Worker.Orchestrations;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HsNas.FunctionsRuntime.Tests.Engine;

public sealed class RewindTests
{
    [Fact]
    public async Task Only_failed_work_is_done_again_after_a_fan_out()
    {
        var broken = true;
        var calls = 0;
        await using var engine = new EngineUnderTest(new TestFunctions()
            .Activity<int>("Work", i =>
            {
                Interlocked.Increment(ref calls);
                return broken && i is 3 or 7 && broken ? throw new InvalidOperationException("broken") : i;
            })
            .Orchestrator("Fan", async context =>
                (await Task.WhenAll(Enumerable.Range(0, 10).Select(i => context.CallActivityAsync<int>("Work", i)))).Sum()));
        var failed = await engine.RunAsync("Fan");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, failed.RuntimeStatus);

        broken = false;
        calls = 0;
        engine.Engine.Rewind(failed.InstanceId);

        Assert.Equal(45, (await engine.CompletionAsync(failed.InstanceId)).ReadOutputAs<int>());
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task Retries_start_over_and_failed_children_are_rewound_with_their_parent()
    {
        var broken = true;
        await using var engine = new EngineUnderTest(new TestFunctions()
            .Activity<int>("Work", i => broken ? throw new InvalidOperationException("broken") : i)
            .Orchestrator("Child", async context => await context.CallActivityAsync<int>(
                "Work", 5, TaskOptions.FromRetryPolicy(new RetryPolicy(2, TimeSpan.FromMilliseconds(10)))))
            .Orchestrator("Parent", async context => await context.CallSubOrchestratorAsync<int>("Child")));
        var failed = await engine.RunAsync("Parent");

        broken = false;
        engine.Engine.Rewind(failed.InstanceId);

        Assert.Equal(5, (await engine.CompletionAsync(failed.InstanceId)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task An_orchestrator_that_threw_by_itself_repeats_its_last_turn()
    {
        var broken = true;
        await using var engine = new EngineUnderTest(new TestFunctions().Orchestrator("Throws", async context =>
        {
            var word = await context.WaitForExternalEvent<string>("word");
            return broken ? throw new InvalidOperationException("broken") : word;
        }));
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Throws");
        await engine.Client.RaiseEventAsync(id, "word", "kept");
        await engine.CompletionAsync(id);

        broken = false;
        engine.Engine.Rewind(id);

        Assert.Equal("kept", (await engine.CompletionAsync(id)).ReadOutputAs<string>());
    }
}
