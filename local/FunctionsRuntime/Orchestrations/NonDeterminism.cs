namespace Microsoft.Azure.Functions.Worker.Orchestrations;

/// <summary>The replayed code asked for something else than history recorded.</summary>
internal sealed class NonDeterminismException(string message) : Exception(message)
{
    internal const string ErrorType = "DurableTask.Core.Exceptions.NonDeterministicOrchestrationException";

    private const string Question =
        " Was a change made to the orchestrator code after this instance had already started running?";

    internal static NonDeterminismException NotScheduled(HistoryEntry recorded) => new(
        $"Non-Deterministic workflow detected: A previous execution of this orchestration scheduled {Describe(recorded)} with "
        + $"sequence ID {recorded.TaskId} and name '{recorded.Name}', but the current replay execution hasn't (yet?) "
        + $"scheduled this task.{Question}");

    internal static NonDeterminismException OtherKind(HistoryEntry recorded, OrchestratorAction replayed) => new(
        $"Non-Deterministic workflow detected: A previous execution of this orchestration scheduled {Describe(recorded)} with "
        + $"sequence number {recorded.TaskId} named {recorded.Name} but the current orchestration replay instead produced a "
        + $"{replayed.TypeName} action with this sequence number.{Question}");

    internal static NonDeterminismException OtherName(HistoryEntry recorded, OrchestratorAction replayed) => new(
        $"Non-Deterministic workflow detected: A previous execution of this orchestration scheduled {Describe(recorded)} with "
        + $"sequence number {recorded.TaskId} named '{recorded.Name}', but the current orchestration replay instead scheduled "
        + $"{Describe(recorded)} named '{replayed.Name}' with this sequence number.{Question}");

    private static string Describe(HistoryEntry recorded) => recorded.Kind switch
    {
        EntryKind.TaskScheduled => "an activity task",
        EntryKind.TimerCreated => "a timer task",
        EntryKind.SubOrchestrationInstanceCreated => "a sub-orchestration task",
        _ => "an event",
    };
}
