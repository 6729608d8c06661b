namespace HsNas.Simulation.Engine;

/// <summary>
/// Time that jumps from event to event. Everything that happens is an async method that awaits <see cref="DelayAsync"/>; it is resumed
/// on the one thread that calls <see cref="Run"/>, in the order of times and then of the calls. So a simulation is a function of its
/// input.
/// </summary>
internal sealed class SimulatedTime
{
    private readonly PriorityQueue<TaskCompletionSource, (double Time, long Order)> _events = new();
    private readonly Pump _pump = new();
    private long _order;

    /// <summary>Seconds since the start.</summary>
    public double Now { get; private set; }

    /// <summary>Ends <paramref name="seconds"/> later; negative counts as none.</summary>
    public Task DelayAsync(double seconds)
    {
        var source = new TaskCompletionSource();
        _events.Enqueue(source, (Now + Math.Max(0, seconds), _order++));
        return source.Task;
    }

    /// <summary>Calls <paramref name="begin"/> and lets everything happen that comes of it, until nothing is awaited any more.</summary>
    public void Run(Action begin)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_pump);
        try
        {
            begin();
            _pump.Drain();
            while (_events.TryDequeue(out var source, out var at))
            {
                Now = at.Time;
                source.SetResult();
                _pump.Drain();
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    // What awaits is resumed from here. Without it the runtime may resume the second of two that await one task on another thread.
    private sealed class Pump : SynchronizationContext
    {
        private readonly Queue<(SendOrPostCallback Call, object? State)> _posted = new();

        public override void Post(SendOrPostCallback d, object? state) => _posted.Enqueue((d, state));

        public void Drain()
        {
            while (_posted.TryDequeue(out var next)) next.Call(next.State);
        }
    }
}
