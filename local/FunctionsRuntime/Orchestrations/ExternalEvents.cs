using Microsoft.DurableTask;

namespace Microsoft.Azure.Functions.Worker.Orchestrations;

/// <summary>
/// Events that came before anyone waited (first in, first out), and waiters that came before the event (last in, first out).
/// A waiter that was cancelled stays on its stack, as in the official runtime: the next event is handed to it and is lost.
/// </summary>
internal class ExternalEvents(DataConverter converter)
{
    private readonly List<(string Name, string? Payload)> buffer = [];
    private readonly Dictionary<string, Stack<Waiter>> waiters = new(StringComparer.OrdinalIgnoreCase);

    internal virtual bool HasLiveWaiter => waiters.Values.Any(stack => stack.Any(waiter => waiter.IsPending));

    internal virtual Task<T> Wait<T>(string name, CancellationToken cancellation)
    {
        var buffered = buffer.FindIndex(item => item.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (buffered >= 0)
        {
            var payload = buffer[buffered].Payload;
            buffer.RemoveAt(buffered);
            return Task.FromResult(converter.Deserialize<T>(payload)!);
        }

        if (!waiters.TryGetValue(name, out var stack))
        {
            waiters[name] = stack = new Stack<Waiter>();
        }

        if (stack.TryPeek(out var top) && top.Type != typeof(T))
        {
            throw new ArgumentException(
                $"Another wait for the event '{name}' expects {top.Type.FullName}; all waits for one event name must expect the same type.",
                nameof(name));
        }

        var waiter = new Waiter<T>();
        stack.Push(waiter);
        cancellation.Register(() => waiter.Source.TrySetCanceled(cancellation));
        return waiter.Source.Task;
    }

    internal virtual void Deliver(string name, string? payload)
    {
        if (!waiters.TryGetValue(name, out var stack))
        {
            buffer.Add((name, payload));
            return;
        }

        var waiter = stack.Pop();
        if (stack.Count == 0)
        {
            waiters.Remove(name);
        }

        waiter.Complete(converter, payload);
    }

    internal List<(string Name, string? Payload)> TakeBuffered()
    {
        var all = buffer.ToList();
        buffer.Clear();
        return all;
    }

    private abstract class Waiter
    {
        internal abstract Type Type { get; }

        internal abstract bool IsPending { get; }

        internal abstract void Complete(DataConverter converter, string? payload);
    }

    private sealed class Waiter<T> : Waiter
    {
        internal TaskCompletionSource<T> Source { get; } = new();

        internal override Type Type => typeof(T);

        internal override bool IsPending => !Source.Task.IsCompleted;

        internal override void Complete(DataConverter converter, string? payload) =>
            Source.TrySetResult(converter.Deserialize<T>(payload)!);
    }
}
