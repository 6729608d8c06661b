using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Orchestrations;

/// <summary>One replay: the whole past again, then the new messages, then what came of it.</summary>
internal sealed class Turn
{
    private readonly InstanceRecord instance;
    private readonly IDurableFunctions functions;
    private readonly EngineOptions options;
    private readonly ILoggerFactory loggers;
    private readonly TurnScheduler scheduler;
    private readonly TurnState state;
    private readonly List<HistoryEntry> deferred = [];
    private readonly List<(string Name, string? Payload)> inherited = [];
    private OrchestratorInvocation? invocation;
    private Task<string?>? orchestrator;
    private HistoryEntry? terminated;
    private bool suspended;
    private TaskFailureDetails? broken;

    private Turn(InstanceRecord instance, IDurableFunctions functions, EngineOptions options, ILoggerFactory loggers, Action onStray)
    {
        this.instance = instance;
        this.functions = functions;
        this.options = options;
        this.loggers = loggers;
        scheduler = new TurnScheduler(onStray);
        state = options.NewState(scheduler, options.Converter);
    }

    internal static TurnResult Run(
        InstanceRecord instance,
        IReadOnlyList<HistoryEntry> past,
        IReadOnlyList<HistoryEntry> messages,
        DateTime now,
        IDurableFunctions functions,
        EngineOptions options,
        ILoggerFactory loggers,
        Action onStray)
    {
        var turn = new Turn(instance, functions, options, loggers, onStray);
        try
        {
            return turn.Execute(past, messages, now);
        }
        finally
        {
            turn.scheduler.Close();
            turn.invocation?.Dispose();
        }
    }

    private TurnResult Execute(IReadOnlyList<HistoryEntry> past, IReadOnlyList<HistoryEntry> messages, DateTime now)
    {
        var entries = new List<HistoryEntry>(messages.Count + 2) { new() { Kind = EntryKind.OrchestratorStarted, At = now } };
        entries.AddRange(messages);
        try
        {
            foreach (var entry in past)
            {
                Apply(entry);
            }

            state.IsReplaying = false;
            foreach (var entry in entries)
            {
                Apply(entry);
            }
        }
        catch (NonDeterminismException mismatch)
        {
            broken = new TaskFailureDetails(NonDeterminismException.ErrorType, mismatch.Message, mismatch.StackTrace, null, null);
        }
#pragma warning disable CA1031 // Whatever the orchestrator's surroundings throw ends this instance, not the engine.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            broken = TaskFailureDetails.FromException(failure);
        }

        var result = Conclude(entries);
        foreach (var action in result.Actions)
        {
            entries.Add(action.ToEntry(now));
        }

        if (result.IsTerminal)
        {
            entries.Add(new HistoryEntry
            {
                Kind = EntryKind.ExecutionCompleted, At = now, Status = result.Status.ToString(), Result = result.Output,
                    Failure = result.Failure,
            });
        }

        entries.Add(new HistoryEntry { Kind = EntryKind.OrchestratorCompleted, At = now });
        return result;
    }

    private void Apply(HistoryEntry entry)
    {
        if (terminated is not null)
        {
            return;
        }

        if (RunsCode(entry.Kind))
        {
            scheduler.Run(() => Step(entry));
        }
        else
        {
            Step(entry);
        }
    }

    /// <summary>The orchestrator's own bookkeeping needs no scheduler; without it a long history replays faster.</summary>
    private static bool RunsCode(EntryKind kind) => kind is not (
        EntryKind.OrchestratorStarted or EntryKind.OrchestratorCompleted or EntryKind.TaskScheduled or EntryKind.TimerCreated
        or EntryKind.SubOrchestrationInstanceCreated or EntryKind.EventSent);

    private void Step(HistoryEntry entry)
    {
        switch (entry.Kind)
        {
            case EntryKind.OrchestratorStarted:
                state.Now = entry.At;
                break;
            case EntryKind.ExecutionStarted:
                Start(entry);
                break;
            case EntryKind.TaskScheduled or EntryKind.TimerCreated or EntryKind.SubOrchestrationInstanceCreated or EntryKind.EventSent:
                state.Confirm(entry);
                break;
            case EntryKind.ExecutionSuspended:
                suspended = true;
                break;
            case EntryKind.ExecutionResumed:
                suspended = false;
                deferred.ForEach(Answer);
                deferred.Clear();
                break;
            case EntryKind.ExecutionTerminated:
                terminated = entry;
                break;
            case EntryKind.StrayContinuation:
                throw new InvalidOperationException(NonDurableAwait.Message);
            default:
                if (suspended)
                {
                    deferred.Add(entry);
                }
                else
                {
                    Answer(entry);
                }

                break;
        }
    }

    private void Answer(HistoryEntry entry)
    {
        switch (entry.Kind)
        {
            case EntryKind.TaskCompleted or EntryKind.SubOrchestrationInstanceCompleted:
                state.Complete(entry.TaskId!.Value, entry.Result);
                break;
            case EntryKind.TaskFailed or EntryKind.SubOrchestrationInstanceFailed:
                state.Fail(entry.TaskId!.Value, entry.Failure!);
                break;
            case EntryKind.TimerFired:
                state.Complete(entry.TaskId!.Value, null);
                break;
            case EntryKind.EventRaised when state.Renewal is not null:
                inherited.Add((entry.Name!, entry.Input));
                break;
            case EntryKind.EventRaised:
                state.Events.Deliver(entry.Name!, entry.Input);
                break;
        }
    }

    private void Start(HistoryEntry entry)
    {
        state.Input = entry.Input;
        if (!functions.HasOrchestrator(instance.Name))
        {
            broken = new TaskFailureDetails(
                Retrying.OrchestratorNotFound, $"No orchestrator task named '{instance.Name}' was found.", null, null, null);
            return;
        }

        invocation = functions.Prepare(instance.Name);
        orchestrator = invocation.Start(new ReplayContext(instance, state, options, loggers), entry.Input);
    }

    private TurnResult Conclude(List<HistoryEntry> entries)
    {
        var status = OrchestrationRuntimeStatus.Running;
        string? output = null;
        TaskFailureDetails? failure = null;
        Renewal? renewal = null;
        IReadOnlyList<OrchestratorAction> actions = [.. state.Unconfirmed];

        if (terminated is not null)
        {
            (status, output, actions) = (OrchestrationRuntimeStatus.Terminated, terminated.Input, []);
        }
        else if (broken is not null)
        {
            (status, failure, actions) = (OrchestrationRuntimeStatus.Failed, broken, []);
        }
        else if (scheduler.Violated || (orchestrator is { IsCompleted: false } && !suspended && !state.WaitsForSomethingDurable))
        {
            (status, failure, actions) = (OrchestrationRuntimeStatus.Failed,
                TaskFailureDetails.FromException(new InvalidOperationException(NonDurableAwait.Message)), []);
        }
        else if (orchestrator is { IsCompleted: true } && !suspended)
        {
            (status, output, failure) = Outcome(orchestrator);
            renewal = failure is null ? state.Renewal : null;
        }
        else if (suspended)
        {
            status = OrchestrationRuntimeStatus.Suspended;
        }

        return new TurnResult
        {
            Entries = entries,
            Actions = actions,
            Status = renewal is null ? status : OrchestrationRuntimeStatus.Running,
            Output = failure?.ErrorMessage ?? (renewal is null ? output : null),
            Failure = failure,
            CustomStatusWasSet = state.CustomStatusWasSet,
            CustomStatus = state.CustomStatus,
            Renewal = renewal,
            EndOfChildren = terminated is { Recurse: true } ? terminated : null,
            Inherited = renewal is null ? [] : renewal.PreserveEvents ? [.. state.Events.TakeBuffered(), .. inherited] : inherited,
        };
    }

    private static (OrchestrationRuntimeStatus Status, string? Output, TaskFailureDetails? Failure) Outcome(Task<string?> finished)
    {
        if (finished.Status == TaskStatus.RanToCompletion)
        {
            return (OrchestrationRuntimeStatus.Completed, finished.GetAwaiter().GetResult(), null);
        }

        var cause = finished.Exception?.InnerException ?? new TaskCanceledException(finished);
        return (OrchestrationRuntimeStatus.Failed, null, TaskFailureDetails.OfOrchestrator(cause));
    }
}
