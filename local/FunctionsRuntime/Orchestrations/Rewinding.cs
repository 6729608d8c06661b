using Microsoft.DurableTask.Client;

namespace Microsoft.Azure.Functions.Worker.Orchestrations;

/// <summary>Takes a failed instance back to the moment before its first failure and lets it go on from there.</summary>
/// <remarks>
/// History is cut at the first failed task. Work requested before the cut is requested again unless its answer is known. Answers
/// and events from after the cut are delivered again. Work requested only after the cut is done again.
/// </remarks>
internal static class Rewinding
{
    internal static InstanceRecord? Rewind(this OrchestrationEngine engine, string id) => engine.Commit((commit, database) =>
    {
        var instance = database.FindInstance(id);
        if (instance is { Status: OrchestrationRuntimeStatus.Failed })
        {
            Rewind(commit, database, instance, engine.Now);
        }

        return instance;
    });

    private static void Rewind(TurnCommit commit, Database database, InstanceRecord instance, DateTime now)
    {
        var history = database.LoadHistory(instance.Id);
        var cut = history.FindIndex(entry => entry.Kind is EntryKind.TaskFailed or EntryKind.SubOrchestrationInstanceFailed);
        if (cut < 0)
        {
            cut = history.FindLastIndex(entry => entry.Kind == EntryKind.OrchestratorStarted);
        }

        var kept = history[..cut];
        var answered = kept.Where(IsAnswer).Select(entry => entry.TaskId!.Value).ToHashSet();
        var open = kept
            .Where(entry => entry.Kind is EntryKind.TaskScheduled or EntryKind.TimerCreated or EntryKind.SubOrchestrationInstanceCreated)
            .Where(entry => !answered.Contains(entry.TaskId!.Value))
            .ToDictionary(entry => entry.TaskId!.Value);

        database.DeleteMessages(instance.Id);
        database.ClearHistory(instance.Id);
        database.AppendHistory(instance.Id, 0, kept);
        database.SaveInstance(instance with
        {
            Revision = instance.Revision + 1, Status = OrchestrationRuntimeStatus.Running, Output = null, Failure = null, UpdatedAt = now,
        });
        foreach (var entry in history[cut..])
        {
            if (entry.Kind is EntryKind.EventRaised or EntryKind.ExecutionStarted || (IsSuccess(entry) && open.Remove(entry.TaskId!.Value)))
            {
                database.Post(instance.Id, instance.Execution, entry, now);
            }
        }

        foreach (var request in open.Values)
        {
            Repeat(commit, database, instance, request, now);
        }

        commit.Wake.Add(instance.Id);
    }

    private static void Repeat(TurnCommit commit, Database database, InstanceRecord instance, HistoryEntry request, DateTime now)
    {
        switch (request.Kind)
        {
            case EntryKind.TaskScheduled:
                commit.Dispatch(instance, new ScheduleTaskAction(request.TaskId!.Value, request.Name!, request.Input, request.Tags));
                break;
            case EntryKind.TimerCreated:
                commit.Dispatch(instance, new CreateTimerAction(request.TaskId!.Value, request.FireAt!.Value));
                break;
            case EntryKind.SubOrchestrationInstanceCreated
                when database.FindInstance(request.Instance!) is { Status: OrchestrationRuntimeStatus.Failed } child
                    && child.Parent?.Id == instance.Id:
                Rewind(commit, database, child, now);
                break;
            case EntryKind.SubOrchestrationInstanceCreated when database.FindInstance(request.Instance!) is null or { IsTerminal: true }:
                commit.Dispatch(instance, new CreateSubOrchestrationAction(
                    request.TaskId!.Value, request.Name!, request.Instance!, request.Input, request.Version, request.Tags));
                break;
        }
    }

    private static bool IsSuccess(HistoryEntry entry) =>
        entry.Kind is EntryKind.TaskCompleted or EntryKind.SubOrchestrationInstanceCompleted or EntryKind.TimerFired;

    private static bool IsAnswer(HistoryEntry entry) =>
        IsSuccess(entry) || entry.Kind is EntryKind.TaskFailed or EntryKind.SubOrchestrationInstanceFailed;
}
