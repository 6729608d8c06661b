using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Microsoft.Azure.Functions.Worker.Orchestrations;

/// <summary>The row with the state of an orchestration.</summary>
internal sealed record InstanceRecord
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Changes whenever the instance starts anew; answers to an earlier execution are dropped.</summary>
    public required string Execution { get; init; }

    /// <summary>Counts the commits, so that a turn notices when the instance was changed meanwhile.</summary>
    public long Revision { get; init; }

    public OrchestrationRuntimeStatus Status { get; init; }

    public string? Input { get; init; }

    public string? Output { get; init; }

    public string? CustomStatus { get; init; }

    public TaskFailureDetails? Failure { get; init; }

    public string? Version { get; init; }

    public Dictionary<string, string>? Tags { get; init; }

    public ParentLink? Parent { get; init; }

    public DateTime CreatedAt { get; init; }

    public DateTime UpdatedAt { get; init; }

    public bool IsTerminal => Status
        is OrchestrationRuntimeStatus.Completed
        or OrchestrationRuntimeStatus.Failed
        or OrchestrationRuntimeStatus.Terminated;

    /// <summary>
    /// Whether an instance in this state takes such a message. Only a suspended instance is resumed, and it is not suspended
    /// again.
    /// </summary>
    internal bool Admits(EntryKind message) => message switch
    {
        EntryKind.ExecutionSuspended => !IsTerminal && Status != OrchestrationRuntimeStatus.Suspended,
        EntryKind.ExecutionResumed => Status == OrchestrationRuntimeStatus.Suspended,
        _ => !IsTerminal,
    };
}

/// <summary>Who waits for the outcome of a sub-orchestration.</summary>
internal sealed record ParentLink(string Id, string Name, string Execution, int TaskId);

internal static class RecordJson
{
    internal static string? Write<T>(T? value)
        where T : class => value is null ? null : JsonSerializer.Serialize(value);

    internal static T? Read<T>(string? json)
        where T : class => json is null ? null : JsonSerializer.Deserialize<T>(json);
}
