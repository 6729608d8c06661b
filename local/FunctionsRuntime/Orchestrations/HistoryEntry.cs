using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.DurableTask;

namespace Microsoft.Azure.Functions.Worker.Orchestrations;

internal enum EntryKind
{
    ExecutionStarted,
    OrchestratorStarted,
    OrchestratorCompleted,
    TaskScheduled,
    TaskCompleted,
    TaskFailed,
    TimerCreated,
    TimerFired,
    SubOrchestrationInstanceCreated,
    SubOrchestrationInstanceCompleted,
    SubOrchestrationInstanceFailed,
    EventRaised,
    EventSent,
    ExecutionSuspended,
    ExecutionResumed,
    ExecutionTerminated,
    ExecutionCompleted,

    /// <summary>An await of something not durable came back after its turn was over.</summary>
    StrayContinuation,
}

/// <summary>One fact of an orchestration's past, or a message that is about to become one.</summary>
internal sealed record HistoryEntry
{
    private static readonly JsonSerializerOptions Format = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public required EntryKind Kind { get; init; }

    public DateTime At { get; init; }

    /// <summary>The sequence number of the action that this entry records or answers.</summary>
    public int? TaskId { get; init; }

    /// <summary>The name of the function or of the event.</summary>
    public string? Name { get; init; }

    /// <summary>Serialized input, event payload, or the reason of an operator's intervention.</summary>
    public string? Input { get; init; }

    public string? Result { get; init; }

    public TaskFailureDetails? Failure { get; init; }

    public DateTime? FireAt { get; init; }

    /// <summary>The other instance: the child that was started, or the receiver of an event.</summary>
    public string? Instance { get; init; }

    public string? Version { get; init; }

    public Dictionary<string, string>? Tags { get; init; }

    /// <summary>True on an ExecutionTerminated that ends the instance's children, too.</summary>
    public bool? Recurse { get; init; }

    /// <summary>The final status, on ExecutionCompleted only.</summary>
    public string? Status { get; init; }

    internal string ToJson() => JsonSerializer.Serialize(this, Format);

    internal static HistoryEntry FromJson(string json) => JsonSerializer.Deserialize<HistoryEntry>(json, Format)!;
}
