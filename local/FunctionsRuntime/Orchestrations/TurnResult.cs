using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Microsoft.Azure.Functions.Worker.Orchestrations;

/// <summary>Everything a turn changes. It is committed as a whole or not at all.</summary>
internal sealed record TurnResult
{
    /// <summary>What history gains: the messages taken in, the actions asked for, the end.</summary>
    public required List<HistoryEntry> Entries { get; init; }

    public required IReadOnlyList<OrchestratorAction> Actions { get; init; }

    public required OrchestrationRuntimeStatus Status { get; init; }

    public string? Output { get; init; }

    public TaskFailureDetails? Failure { get; init; }

    public bool CustomStatusWasSet { get; init; }

    public string? CustomStatus { get; init; }

    /// <summary>Set if the instance starts anew.</summary>
    public Renewal? Renewal { get; init; }

    /// <summary>Events that the next execution inherits.</summary>
    public IReadOnlyList<(string Name, string? Payload)> Inherited { get; init; } = [];

    /// <summary>Set if the instance was terminated together with its children: what they, too, are to end with.</summary>
    public HistoryEntry? EndOfChildren { get; init; }

    public bool IsTerminal => Renewal is null && Status
        is OrchestrationRuntimeStatus.Completed
        or OrchestrationRuntimeStatus.Failed
        or OrchestrationRuntimeStatus.Terminated;
}
