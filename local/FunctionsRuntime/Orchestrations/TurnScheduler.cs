namespace Microsoft.Azure.Functions.Worker.Orchestrations;

/// <summary>Runs everything an orchestrator does on one thread, in one order, and notices what tries to come in from elsewhere.</summary>
internal sealed class TurnScheduler : TaskScheduler
{
    private readonly Queue<Task> queue = new();
    private readonly Lock gate = new();
    private readonly Action onStray;
    private readonly int owner = Environment.CurrentManagedThreadId;
    private readonly SynchronizationContext context;
    private bool closed;

    internal TurnScheduler(Action onStray)
    {
        this.onStray = onStray;
        context = new TurnSynchronizationContext(this);
    }

    /// <summary>True once a continuation arrived from another thread: something was awaited that is not durable.</summary>
    internal bool Violated { get; private set; }

    internal bool IsCurrent => !closed && Environment.CurrentManagedThreadId == owner;

    /// <summary>Runs a step and all that follows from it at once.</summary>
    internal void Run(Action step)
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            var task = new Task(step);
            task.RunSynchronously(this);
            while (TryNext(out var next))
            {
                TryExecuteTask(next);
            }

            task.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    internal void Close()
    {
        lock (gate)
        {
            closed = true;
        }
    }

    internal void ReportStray()
    {
        bool late;
        lock (gate)
        {
            late = closed;
            Violated = true;
        }

        if (late)
        {
            onStray();
        }
    }

    protected override void QueueTask(Task task)
    {
        lock (gate)
        {
            if (IsCurrent)
            {
                queue.Enqueue(task);
                return;
            }
        }

        ReportStray();
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        IsCurrent && !taskWasPreviouslyQueued && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (gate)
        {
            return queue.ToArray();
        }
    }

    private bool TryNext([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Task? next)
    {
        lock (gate)
        {
            return queue.TryDequeue(out next);
        }
    }

    private sealed class TurnSynchronizationContext(TurnScheduler scheduler) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) =>
            _ = Task.Factory.StartNew(() => d(state), CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler);

        public override void Send(SendOrPostCallback d, object? state) => d(state);

        public override SynchronizationContext CreateCopy() => this;
    }
}
