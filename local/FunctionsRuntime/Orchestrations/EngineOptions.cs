using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;

namespace Microsoft.Azure.Functions.Worker.Orchestrations;

internal sealed class EngineOptions
{
    internal string HubName { get; set; } = "TestHubName";

    internal string StorePath { get; set; } = string.Empty;

    internal DataConverter Converter { get; set; } = JsonDataConverter.Default;

    internal TimeSpan MaximumTimerInterval { get; set; } = TimeSpan.FromDays(3);

    internal int MaxConcurrentActivities { get; set; } = 10 * Environment.ProcessorCount;

    internal int MaxConcurrentOrchestrations { get; set; } = 10 * Environment.ProcessorCount;

    /// <summary>Makes the state of a replay. Tests put in states of more lenient runtimes, to show that the suite notices them.</summary>
    internal Func<TurnScheduler, DataConverter, TurnState> NewState { get; set; } = (scheduler, converter) =>
        new TurnState(scheduler, converter);

    /// <summary>For tests that let the process die at a chosen commit.</summary>
    internal Action<int, bool>? CommitProbe { get; set; }

    /// <summary>
    /// For tests that record histories: called with the instance as it was before a turn, and with what the turn changed, once that is
    /// committed. Turns of one instance come in order, those of several at once.
    /// </summary>
    internal Action<InstanceRecord, TurnResult>? TurnProbe { get; set; }
}

/// <summary>The functions as the engine sees them.</summary>
internal interface IDurableFunctions
{
    bool HasOrchestrator(string name);

    bool HasActivity(string name);

    /// <summary>Makes an orchestrator ready to run; what is returned is disposed at the end of the turn.</summary>
    OrchestratorInvocation Prepare(string orchestrator);

    Task<string?> RunActivityAsync(string activity, string instanceId, string? input, CancellationToken cancellation);
}

internal abstract class OrchestratorInvocation : IDisposable
{
    /// <summary>Starts the orchestrator and gives its serialized result.</summary>
    internal abstract Task<string?> Start(TaskOrchestrationContext context, string? input);

    public virtual void Dispose()
    {
    }
}
