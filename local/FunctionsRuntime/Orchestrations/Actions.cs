namespace Microsoft.Azure.Functions.Worker.Orchestrations;

/// <summary>Something the orchestrator asked for under a sequence number; the replay compares it with what history recorded.</summary>
internal abstract record OrchestratorAction(int Id, string? Name)
{
    /// <summary>The name by which the documented texts call this kind of action.</summary>
    internal abstract string TypeName { get; }

    internal abstract HistoryEntry ToEntry(DateTime at);

    internal abstract bool Matches(EntryKind recorded);
}

internal sealed record ScheduleTaskAction(int Id, string Name, string? Input, Dictionary<string, string>? Tags)
    : OrchestratorAction(Id, Name)
{
    internal override string TypeName => "ScheduleTaskOrchestratorAction";

    internal override bool Matches(EntryKind recorded) => recorded == EntryKind.TaskScheduled;

    internal override HistoryEntry ToEntry(DateTime at) =>
        new() { Kind = EntryKind.TaskScheduled, At = at, TaskId = Id, Name = Name, Input = Input, Tags = Tags };
}

internal sealed record CreateTimerAction(int Id, DateTime FireAt) : OrchestratorAction(Id, null)
{
    internal override string TypeName => "CreateTimerOrchestratorAction";

    internal override bool Matches(EntryKind recorded) => recorded == EntryKind.TimerCreated;

    internal override HistoryEntry ToEntry(DateTime at) =>
        new() { Kind = EntryKind.TimerCreated, At = at, TaskId = Id, FireAt = FireAt };
}

internal sealed record CreateSubOrchestrationAction(
    int Id, string Name, string Instance, string? Input, string? Version, Dictionary<string, string>? Tags)
    : OrchestratorAction(Id, Name)
{
    internal override string TypeName => "CreateSubOrchestrationAction";

    internal override bool Matches(EntryKind recorded) => recorded == EntryKind.SubOrchestrationInstanceCreated;

    internal override HistoryEntry ToEntry(DateTime at) => new()
    {
        Kind = EntryKind.SubOrchestrationInstanceCreated, At = at, TaskId = Id, Name = Name, Instance = Instance, Input = Input,
            Version = Version, Tags = Tags,
    };
}

internal sealed record SendEventAction(int Id, string Event, string Instance, string? Payload) : OrchestratorAction(Id, Event)
{
    internal override string TypeName => "SendEventOrchestratorAction";

    internal override bool Matches(EntryKind recorded) => recorded == EntryKind.EventSent;

    internal override HistoryEntry ToEntry(DateTime at) =>
        new() { Kind = EntryKind.EventSent, At = at, TaskId = Id, Name = Event, Instance = Instance, Input = Payload };
}
