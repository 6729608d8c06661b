namespace Microsoft.Azure.Functions.Worker.Orchestrations;

/// <summary>Calls back for an instance when the earliest of its timers is due.</summary>
internal sealed class WakeupTimers : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly PriorityQueue<string, DateTime> queue = new();
    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly Action<string> wake;
    private readonly ITimer timer;
    private bool disposed;

    internal WakeupTimers(TimeProvider time, Action<string> wake)
    {
        this.time = time;
        this.wake = wake;
        timer = time.CreateTimer(_ => Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    internal void Add(string instance, DateTime due)
    {
        lock (gate)
        {
            queue.Enqueue(instance, due);
            Arm();
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            timer.Dispose();
        }
    }

    private void Fire()
    {
        var due = new List<string>();
        lock (gate)
        {
            while (queue.TryPeek(out var instance, out var at) && at <= time.GetUtcNow().UtcDateTime)
            {
                queue.Dequeue();
                due.Add(instance);
            }

            Arm();
        }

        due.ForEach(wake);
    }

    private void Arm()
    {
        if (disposed || !queue.TryPeek(out _, out var at))
        {
            return;
        }

        // Rounded up to the resolution of the timer: one that fires early would find nothing due and be set again and again.
        var wait = at - time.GetUtcNow().UtcDateTime;
        wait = wait <= TimeSpan.Zero ? TimeSpan.Zero : wait > LongestWait ? LongestWait
            : TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
        timer.Change(wait, Timeout.InfiniteTimeSpan);
    }
}
