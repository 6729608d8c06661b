namespace HsNas.FunctionsRuntime.Tests;

/// <summary>A clock that moves only when it is told to, and fires the timers that become due.</summary>
internal sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    private readonly List<Alarm> alarms = [];
    private readonly Lock gate = new();
    private DateTimeOffset now = start;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        alarm.Change(dueTime, period);
        lock (gate)
        {
            alarms.Add(alarm);
        }

        return alarm;
    }

    /// <summary>Waits until somebody sleeps until then.</summary>
    internal async Task UntilAwaitedAsync(DateTimeOffset due)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            lock (gate)
            {
                if (alarms.Exists(alarm => alarm.Due == due))
                {
                    return;
                }
            }

            await Task.Delay(5, patience.Token);
        }
    }

    internal void Advance(TimeSpan span)
    {
        var target = GetUtcNow() + span;
        while (true)
        {
            Alarm? next;
            lock (gate)
            {
                next = alarms.Where(alarm => alarm.Due <= target).MinBy(alarm => alarm.Due);
                now = next?.Due > now ? next.Due!.Value : next is null ? target : now;
                next?.Disarm();
            }

            if (next is null)
            {
                return;
            }

            next.Ring();
        }
    }

    private sealed class Alarm(ManualTime time, Action ring) : ITimer
    {
        internal DateTimeOffset? Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time.gate)
            {
                Due = dueTime < TimeSpan.Zero ? null : time.now + dueTime;
            }

            if (dueTime == TimeSpan.Zero)
            {
                Disarm();
                ThreadPool.QueueUserWorkItem(_ => ring());
            }

            return true;
        }

        public void Dispose()
        {
            lock (time.gate)
            {
                time.alarms.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        internal void Disarm() => Due = null;

        internal void Ring() => ring();
    }
}
