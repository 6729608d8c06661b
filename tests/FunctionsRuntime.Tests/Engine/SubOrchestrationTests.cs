using Microsoft.Azure.Functions.Worker.Orchestrations;
using Microsoft.DurableTask;

namespace HsNas.FunctionsRuntime.Tests.Engine;

/// <summary>Orchestrations that start others.</summary>
public sealed class SubOrchestrationTests
{
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
}
