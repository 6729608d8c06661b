using System.Collections.Concurrent;

namespace Microsoft.Azure.Functions.Worker.Orchestrations;

/// <summary>Lets callers wait for the next change of an instance without polling.</summary>
internal sealed class InstanceWatch
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> changes = new();

    /// <summary>Completes at the next change; take it before looking at the state.</summary>
    internal Task NextChange(string id) =>
        changes.GetOrAdd(id, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    internal void Changed(string id)
    {
        if (changes.TryRemove(id, out var source))
        {
            source.TrySetResult();
        }
    }
}
