namespace HsNas.Simulation.Engine;

/// <summary>A number of equal servers with one queue, first come, first served: processors, function instances, a partition.</summary>
/// <param name="time">The clock.</param>
/// <param name="count">Servers, 1 or more.</param>
internal sealed class Servers(SimulatedTime time, int count)
{
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private int _free = count;

    /// <summary>Seconds of service given by all servers together.</summary>
    public double Busy { get; private set; }

    /// <summary>Waits for a free server and keeps it for <paramref name="seconds"/>.</summary>
    public async Task UseAsync(double seconds)
    {
        if (_free > 0) _free--;
        else
        {
            var turn = new TaskCompletionSource();
            _waiting.Enqueue(turn);
            await turn.Task;
        }

        await time.DelayAsync(seconds);
        Busy += seconds;
        if (_waiting.TryDequeue(out var next)) next.SetResult();
        else _free++;
    }
}
