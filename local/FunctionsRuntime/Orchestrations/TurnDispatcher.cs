using System.Threading.Channels;

namespace Microsoft.Azure.Functions.Worker.Orchestrations;

/// <summary>Gives every instance with messages one turn at a time. All messages that come during a turn share the next one.</summary>
internal sealed class TurnDispatcher(OrchestrationEngine engine, int workers)
{
    private readonly Channel<string> ready = Channel.CreateUnbounded<string>();
    private readonly Dictionary<string, bool> scheduled = new();
    private readonly Lock gate = new();

    internal void Signal(string id)
    {
        lock (gate)
        {
            if (!scheduled.TryAdd(id, false))
            {
                scheduled[id] = true;
                return;
            }
        }

        ready.Writer.TryWrite(id);
    }

    internal Task RunAsync(CancellationToken stopping) =>
        Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(() => LoopAsync(stopping), CancellationToken.None)));

    private async Task LoopAsync(CancellationToken stopping)
    {
        try
        {
            await foreach (var id in ready.Reader.ReadAllAsync(stopping))
            {
                stopping.ThrowIfCancellationRequested(); // The reader itself looks only where it has to wait.
                lock (gate)
                {
                    scheduled[id] = false;
                }

                engine.TakeTurn(id);
                bool again;
                lock (gate)
                {
                    again = scheduled[id];
                    if (!again)
                    {
                        scheduled.Remove(id);
                    }
                }

                if (again)
                {
                    ready.Writer.TryWrite(id);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The messages stay in the store.
        }
        catch (Exception failure)
        {
            engine.Fault(failure);
        }
    }
}
