using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Microsoft.Azure.Functions.Worker.Orchestrations;

/// <summary>Writes a turn's result inside the caller's transaction and remembers whom to wake once it is committed.</summary>
internal sealed class TurnCommit(Database database, DateTime now)
{
    internal List<string> Wake { get; } = [];

    internal List<ActivityWork> Activities { get; } = [];

    internal List<(string Instance, DateTime Due)> Timers { get; } = [];

    internal InstanceRecord Apply(InstanceRecord instance, int historyLength, IReadOnlyList<InboxMessage> consumed, TurnResult result)
    {
        foreach (var message in consumed)
        {
            database.DeleteMessage(message.Id);
        }

        foreach (var action in result.Actions)
        {
            if (action is not CreateTimerAction || (!result.IsTerminal && result.Renewal is null))
            {
                Dispatch(instance, action); // Nobody needs a timer of an execution that ends.
            }
        }

        var after = instance with
        {
            Revision = instance.Revision + 1,
            Status = result.Status,
            Output = result.Output,
            Failure = result.Failure,
            CustomStatus = result.CustomStatusWasSet ? result.CustomStatus : instance.CustomStatus,
            UpdatedAt = now,
        };
        if (result.Renewal is { } renewal)
        {
            after = Renew(after, renewal, result.Inherited);
        }
        else
        {
            database.AppendHistory(instance.Id, historyLength, result.Entries);
            if (result.IsTerminal)
            {
                database.DeleteMessages(instance.Id);
                AnswerParent(after);
            }

            if (result.EndOfChildren is { } end)
            {
                EndChildren(instance.Id, end);
            }
        }

        database.SaveInstance(after);
        return after;
    }

    /// <summary>Creates an instance in place of any earlier one with its id.</summary>
    internal InstanceRecord Create(InstanceRecord instance, DateTime? startAt)
    {
        database.DeleteInstance(instance.Id);
        database.SaveInstance(instance);
        database.Post(instance.Id, instance.Execution, StartMessage(instance), now, startAt);
        if (startAt > now)
        {
            Timers.Add((instance.Id, startAt.Value));
        }
        else
        {
            Wake.Add(instance.Id);
        }

        return instance;
    }

    internal void Dispatch(InstanceRecord instance, OrchestratorAction action)
    {
        switch (action)
        {
            case ScheduleTaskAction task:
                var work = new ActivityWork(instance.Id, instance.Execution, task.Id, task.Name!, task.Input);
                database.AddActivity(work);
                Activities.Add(work);
                break;
            case CreateTimerAction timer:
                var fired = new HistoryEntry { Kind = EntryKind.TimerFired, At = timer.FireAt, TaskId = timer.Id, FireAt = timer.FireAt };
                database.Post(instance.Id, instance.Execution, fired, now, timer.FireAt);
                Timers.Add((instance.Id, timer.FireAt));
                break;
            case CreateSubOrchestrationAction child:
                StartChild(instance, child);
                break;
            case SendEventAction sent when database.FindInstance(sent.Instance) is { IsTerminal: false }:
                database.Post(sent.Instance, null, Raised(sent.Event, sent.Payload), now);
                Wake.Add(sent.Instance);
                break;
        }
    }

    private void StartChild(InstanceRecord parent, CreateSubOrchestrationAction child)
    {
        if (database.FindInstance(child.Instance) is { IsTerminal: false } living)
        {
            var failure = new TaskFailureDetails(
                typeof(global::DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException).FullName!,
                $"An orchestration with id '{living.Id}' already exists. It's in the {living.Status} state.",
                null,
                null,
                null);
            database.Post(parent.Id, parent.Execution,
                new HistoryEntry { Kind = EntryKind.SubOrchestrationInstanceFailed, At = now, TaskId = child.Id, Failure = failure }, now);
            Wake.Add(parent.Id);
            return;
        }

        Create(
            new InstanceRecord
            {
                Id = child.Instance,
                Name = child.Name!,
                Execution = Guid.NewGuid().ToString("N"),
                Status = OrchestrationRuntimeStatus.Pending,
                Input = child.Input,
                Version = child.Version,
                Tags = child.Tags,
                Parent = new ParentLink(parent.Id, parent.Name, parent.Execution, child.Id),
                CreatedAt = now,
                UpdatedAt = now,
            },
            null);
    }

    private InstanceRecord Renew(InstanceRecord instance, Renewal renewal, IReadOnlyList<(string Name, string? Payload)> inherited)
    {
        var renewed = instance with
        {
            Execution = Guid.NewGuid().ToString("N"),
            Status = OrchestrationRuntimeStatus.Running,
            Input = renewal.Input,
            Version = renewal.Version ?? instance.Version,
            CreatedAt = now,
        };

        // Messages for any execution come after the inherited ones. Answers to the old execution are dropped.
        var waiting = database.AllMessages(instance.Id).Where(message => message.Execution is null).ToList();
        database.DeleteMessages(instance.Id);
        database.ClearHistory(instance.Id);
        database.Post(renewed.Id, renewed.Execution, StartMessage(renewed), now);
        foreach (var (name, payload) in inherited)
        {
            database.Post(renewed.Id, null, Raised(name, payload), now);
        }

        foreach (var message in waiting)
        {
            database.Post(renewed.Id, null, message.Entry, now);
        }

        Wake.Add(renewed.Id);
        return renewed;
    }

    /// <remarks>
    /// Children end in the turn that ends their parent, not before it. A child that ended first would answer a parent that still
    /// runs, and a child that the parent's turn is just starting would not be known yet.
    /// </remarks>
    private void EndChildren(string parent, HistoryEntry end)
    {
        foreach (var child in database.Children(parent).Where(child => !child.IsTerminal))
        {
            database.Post(child.Id, null, end with { At = now }, now);
            Wake.Add(child.Id);
        }
    }

    private void AnswerParent(InstanceRecord child)
    {
        if (child.Parent is not { } parent)
        {
            return;
        }

        var answer = child.Status == OrchestrationRuntimeStatus.Completed
            ? new HistoryEntry
            {
                Kind = EntryKind.SubOrchestrationInstanceCompleted, At = now, TaskId = parent.TaskId, Result = child.Output,
            }
            : new HistoryEntry
            {
                Kind = EntryKind.SubOrchestrationInstanceFailed,
                At = now,
                TaskId = parent.TaskId,
                Failure = child.Failure
                    ?? new TaskFailureDetails("Terminated", $"The sub-orchestration was terminated: {child.Output}", null, null, null),
            };
        if (database.FindInstance(parent.Id) is { IsTerminal: false } waiting && waiting.Execution == parent.Execution)
        {
            database.Post(parent.Id, parent.Execution, answer, now);
            Wake.Add(parent.Id);
        }
    }

    private HistoryEntry StartMessage(InstanceRecord instance) => new()
    {
        Kind = EntryKind.ExecutionStarted, At = now, Name = instance.Name, Input = instance.Input, Version = instance.Version,
            Tags = instance.Tags,
    };

    private HistoryEntry Raised(string name, string? payload) =>
        new() { Kind = EntryKind.EventRaised, At = now, Name = name, Input = payload };
}
