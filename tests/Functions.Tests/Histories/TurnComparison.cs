using Microsoft.Azure.Functions.Worker.Orchestrations;
using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Tests.Histories;

/// <summary>Holds what the current code does in a turn against what was recorded. Moments at which timers fire may differ.</summary>
internal static class TurnComparison
{
    /// <summary>What differs, in words; null where nothing does.</summary>
    public static string? Fault(RecordedTurn recorded, TurnResult now)
    {
        if (now.Failure is { } failure && recorded.End?.Status != nameof(OrchestrationRuntimeStatus.Failed)) return failure.ErrorMessage;
        var actions = now.Actions.Select(a => a.ToEntry(recorded.At)).ToList();
        var kept = recorded.Actions.Zip(actions).Select(pair => Fault(pair.First, pair.Second)).FirstOrDefault(f => f is not null);
        if (kept is not null) return kept;
        if (recorded.Actions.Count > actions.Count) return $"it no longer asks for {Text(recorded.Actions[actions.Count])}";
        if (recorded.Actions.Count < actions.Count) return $"it also asks for {Text(actions[recorded.Actions.Count])}";
        return EndFault(recorded, now);
    }

    private static string? Fault(HistoryEntry recorded, HistoryEntry now)
    {
        if (Text(recorded) != Text(now)) return $"it asked for {Text(recorded)} and now asks for {Text(now)}";
        return JsonSubset.Fault(recorded.Input, now.Input) is { } fault ? $"the input of {Text(recorded)} changed: {fault}" : null;
    }

    private static string? EndFault(RecordedTurn recorded, TurnResult now)
    {
        if (recorded.Renewal is null != now.Renewal is null)
            return now.Renewal is null ? "it no longer continues as new" : "it continues as new too early";
        if (JsonSubset.Fault(recorded.Renewal?.Input, now.Renewal?.Input) is { } input) return $"the input that it continues with: {input}";
        var (was, status) = (recorded.End?.Status, now.IsTerminal ? now.Status.ToString() : null);
        if (was != status) return $"it ended as '{was}' and now ends as '{status}'";
        var isJson = was == nameof(OrchestrationRuntimeStatus.Completed);
        return isJson && JsonSubset.Fault(recorded.End!.Result, now.Output) is { } result ? $"its result changed: {result}" : null;
    }

    private static string Text(HistoryEntry action) =>
        $"{action.Kind} #{action.TaskId} {action.Name}{(action.Instance is { } instance ? $" of {instance}" : "")}";
}
