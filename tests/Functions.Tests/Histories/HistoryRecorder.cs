using System.Collections.Concurrent;
using Microsoft.Azure.Functions.Worker.Orchestrations;
using Microsoft.DurableTask;

namespace HsNas.Functions.Tests.Histories;

/// <summary>Keeps the turns that an engine takes.</summary>
internal sealed class HistoryRecorder
{
    private readonly ConcurrentDictionary<string, (int Order, RecordedInstance Instance, List<RecordedTurn> Turns)> _executions = new();

    /// <summary>The engine's options that let it keep them.</summary>
    public EngineOptions Options => new() { TurnProbe = Add };

    /// <summary>Whether an instance was seen to end.</summary>
    public bool HasEnded(string id) => _executions.Values.Any(e => e.Instance.Id == id && e.Turns.Exists(t => t.End is not null));

    /// <summary>
    /// What was kept of instances whose id begins so, and of these orchestrators where some are named, in the order in which they began;
    /// each is called by its orchestrator and its number, below the folder.
    /// </summary>
    public IEnumerable<RecordedHistory> Of(string folder, string prefix, IReadOnlyCollection<string> orchestrators) =>
        from found in _executions.Values.OrderBy(e => e.Order)
        where found.Instance.Id.StartsWith(prefix, StringComparison.Ordinal)
        where orchestrators.Count == 0 || orchestrators.Contains(found.Instance.Orchestrator)
        group found by found.Instance.Orchestrator into same
        from history in same.Select((e, i) => new RecordedHistory($"{folder}/{same.Key}-{i + 1}", e.Instance, [.. e.Turns]))
        select history;

    /// <summary>Forgets what was kept.</summary>
    public void Clear() => _executions.Clear();

    // They name files of the machine that recorded, and no orchestrator looks at them.
    private static HistoryEntry WithoutTraces(HistoryEntry entry) => entry with { Failure = WithoutTrace(entry.Failure) };

    private static TaskFailureDetails? WithoutTrace(TaskFailureDetails? failure) =>
        failure is null ? null : failure with { StackTrace = null, InnerFailure = WithoutTrace(failure.InnerFailure) };

    private void Add(InstanceRecord instance, TurnResult result)
    {
        var (_, _, turns) = _executions.GetOrAdd(instance.Execution, _ => (
            _executions.Count, new RecordedInstance(instance.Name, instance.Id, instance.Version, instance.Parent), []));
        turns.Add(new RecordedTurn([.. result.Entries.Select(WithoutTraces)], result.Renewal));
    }
}
