using System.Text.Json;
using Microsoft.Azure.Functions.Worker.Orchestrations;
using Microsoft.DurableTask;

namespace HsNas.FunctionsRuntime.Tests.Engine;

/// <summary>Orchestrators and activities given as delegates.</summary>
internal sealed class TestFunctions : IDurableFunctions
{
    private readonly Dictionary<string, Func<TaskOrchestrationContext, Task<object?>>> orchestrators =
        new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Func<string?, Task<object?>>> activities = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>An orchestrator "Wait" that returns the payload of its event "go".</summary>
    internal static TestFunctions Waiting() =>
        new TestFunctions().Orchestrator("Wait", async context => await context.WaitForExternalEvent<string>("go"));

    internal TestFunctions Orchestrator(string name, Func<TaskOrchestrationContext, Task<object?>> code)
    {
        orchestrators[name] = code;
        return this;
    }

    internal TestFunctions Activity<TInput>(string name, Func<TInput?, object?> code) =>
        ActivityAsync<TInput>(name, input => Task.FromResult(code(input)));

    internal TestFunctions ActivityAsync<TInput>(string name, Func<TInput?, Task<object?>> code)
    {
        activities[name] = input => code(input is null ? default : JsonSerializer.Deserialize<TInput>(input));
        return this;
    }

    public bool HasOrchestrator(string name) => orchestrators.ContainsKey(name);

    public bool HasActivity(string name) => activities.ContainsKey(name);

    public OrchestratorInvocation Prepare(string orchestrator) => new Invocation(orchestrators[orchestrator]);

    public async Task<string?> RunActivityAsync(string activity, string instanceId, string? input, CancellationToken cancellation) =>
        Serialize(await activities[activity](input));

    private static string? Serialize(object? value) => value is null ? null : JsonSerializer.Serialize(value);

    private sealed class Invocation(Func<TaskOrchestrationContext, Task<object?>> code) : OrchestratorInvocation
    {
        internal override async Task<string?> Start(TaskOrchestrationContext context, string? input) => Serialize(await code(context));
    }
}
