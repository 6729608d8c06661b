using Microsoft.DurableTask;

namespace Microsoft.Azure.Functions.Worker.Orchestrations;

/// <summary>What one replay has reached so far: open tasks, actions that history has not confirmed, time.</summary>
internal class TurnState(TurnScheduler scheduler, DataConverter converter)
{
    private readonly Dictionary<int, Open> open = new();
    private readonly SortedDictionary<int, OrchestratorAction> unconfirmed = new();
    private int sequence;

    internal virtual ExternalEvents Events { get; } = new(converter);

    internal DateTime Now { get; set; }

    internal bool IsReplaying { get; set; } = true;

    internal string? Input { get; set; }

    internal bool CustomStatusWasSet { get; private set; }

    internal string? CustomStatus { get; private set; }

    internal Renewal? Renewal { get; private set; }

    internal IReadOnlyCollection<OrchestratorAction> Unconfirmed => unconfirmed.Values;

    internal bool WaitsForSomethingDurable => open.Count > 0 || Events.HasLiveWaiter;

    internal void RequireTurnThread()
    {
        if (!scheduler.IsCurrent)
        {
            scheduler.ReportStray();
            throw new InvalidOperationException(NonDurableAwait.Message);
        }
    }

    internal Task<string?> Schedule(Func<int, OrchestratorAction> make)
    {
        RequireTurnThread();
        var action = Record(make);
        var source = new TaskCompletionSource<string?>();
        open[action.Id] = new Open(source, action.Name ?? string.Empty);
        return source.Task;
    }

    internal Task StartTimer(DateTime due, CancellationToken cancellation)
    {
        RequireTurnThread();
        if (cancellation.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellation);
        }

        var action = Record(id => new CreateTimerAction(id, due));
        var source = new TaskCompletionSource<string?>();
        open[action.Id] = new Open(source, string.Empty);
        cancellation.Register(() =>
        {
            open.Remove(action.Id);
            source.TrySetCanceled(cancellation);
        });
        return source.Task;
    }

    internal void Send(string instance, string name, string? payload) => Record(id => new SendEventAction(id, name, instance, payload));

    internal void SetCustomStatus(string? serialized)
    {
        CustomStatusWasSet = true;
        CustomStatus = serialized;
    }

    internal void ContinueAsNew(string? input, bool preserveEvents, string? version) =>
        Renewal = new Renewal(input, preserveEvents, version);

    internal virtual void Confirm(HistoryEntry recorded)
    {
        if (!unconfirmed.Remove(recorded.TaskId!.Value, out var action))
        {
            throw NonDeterminismException.NotScheduled(recorded);
        }

        if (!action.Matches(recorded.Kind))
        {
            throw NonDeterminismException.OtherKind(recorded, action);
        }

        if (recorded.Kind != EntryKind.TimerCreated && !string.Equals(action.Name, recorded.Name, StringComparison.OrdinalIgnoreCase))
        {
            throw NonDeterminismException.OtherName(recorded, action);
        }
    }

    internal void Complete(int id, string? result)
    {
        if (open.Remove(id, out var task))
        {
            task.Source.TrySetResult(result);
        }
    }

    internal void Fail(int id, TaskFailureDetails failure)
    {
        if (open.Remove(id, out var task))
        {
            task.Source.TrySetException(new TaskFailedException(task.Name, id, failure));
        }
    }

    private OrchestratorAction Record(Func<int, OrchestratorAction> make)
    {
        var action = make(sequence++);
        unconfirmed.Add(action.Id, action);
        return action;
    }

    private sealed record Open(TaskCompletionSource<string?> Source, string Name);
}

/// <summary>A request to start over with another input.</summary>
internal sealed record Renewal(string? Input, bool PreserveEvents, string? Version);
