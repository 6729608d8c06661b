using HsNas.Kernel;
using HsNas.Simulation.Engine;

namespace HsNas.Simulation.Parts;

/// <summary>
/// GPU workers that follow the length of their queue, none while it is empty. A lost spot worker's job is visible again after a while
/// and goes on behind its last checkpoint on another one.
/// </summary>
internal sealed class WorkerPool
{
    // Without any wait time would stand still as long as all workers are busy.
    private const double ShortestPolling = 1;

    private readonly SimulatedTime _time;
    private readonly Deployment _deployment;
    private readonly Servers? _machine;
    private readonly SeededRandom _random;
    private readonly Queue<Job> _jobs = new();
    private readonly List<TaskCompletionSource<Job?>> _idle = [];
    private int _alive;
    private bool _looking;

    public WorkerPool(SimulatedTime time, Deployment deployment, Servers? machine, long seed) =>
        (_time, _deployment, _machine, _random) = (time, deployment, machine, SeededRandom.For(seed, 0, "spot losses"));

    /// <summary>Seconds that are paid for, starts and idle times included.</summary>
    public double Paid { get; private set; }

    /// <summary>Seconds of jobs, repeated ones included.</summary>
    public double Worked { get; private set; }

    /// <summary>Workers lost while they worked.</summary>
    public int Losses { get; private set; }

    /// <summary>Seconds that each job waited before it was first taken.</summary>
    public List<double> Waits { get; } = [];

    /// <summary>Ends when a worker has done a job of <paramref name="seconds"/>.</summary>
    public Task DoAsync(double seconds)
    {
        var job = new Job(seconds, _time.Now);
        Offer(job);
        return job.Done.Task;
    }

    private void Offer(Job job)
    {
        if (_idle.Count > 0)
        {
            var worker = _idle[0];
            _idle.RemoveAt(0);
            worker.SetResult(job);
            return;
        }

        _jobs.Enqueue(job);
        if (!_looking) _ = ScaleAsync();
    }

    private async Task ScaleAsync()
    {
        _looking = true;
        while (_jobs.Count > 0)
        {
            await _time.DelayAsync(_deployment.ScalePolling * _random.NextDouble());
            var wanted = Math.Min(_deployment.Workers, _alive + _jobs.Count);
            while (_alive < wanted) _ = LiveAsync();
            await _time.DelayAsync(Math.Max(ShortestPolling, _deployment.ScalePolling));
        }

        _looking = false;
    }

    private async Task LiveAsync()
    {
        _alive++;
        var born = _time.Now;
        await _time.DelayAsync(_deployment.WorkerStart);
        var lost = _deployment.SpotLossesPerHour == 0 ? double.PositiveInfinity
            : _time.Now - (Math.Log(1 - _random.NextDouble()) * 3600 / _deployment.SpotLossesPerHour);
        while (await NextAsync() is { } job)
        {
            if (!job.Taken) Waits.Add(_time.Now - job.Asked);
            job.Taken = true;
            if (await WorkAsync(job, lost - _time.Now)) continue;
            Losses++;
            _ = ReturnAsync(job);
            break;
        }

        _alive--;
        Paid += _time.Now - born;
    }

    private async Task<Job?> NextAsync()
    {
        if (_jobs.TryDequeue(out var job)) return job;
        var waiting = new TaskCompletionSource<Job?>();
        _idle.Add(waiting);
        _ = GiveUpAsync(waiting);
        return await waiting.Task;
    }

    private async Task GiveUpAsync(TaskCompletionSource<Job?> waiting)
    {
        await _time.DelayAsync(_deployment.WorkerIdle);
        if (_idle.Remove(waiting)) waiting.SetResult(null);
    }

    // False where the worker is lost before the job's end.
    private async Task<bool> WorkAsync(Job job, double left)
    {
        var seconds = Math.Min(job.Left, Math.Max(0, left));
        Worked += seconds;
        await (_machine?.UseAsync(seconds) ?? _time.DelayAsync(seconds));
        var done = seconds >= job.Left;
        job.Left -= done ? job.Left : Math.Floor(seconds / _deployment.Checkpoint) * _deployment.Checkpoint;
        if (done) job.Done.SetResult();
        return done;
    }

    private async Task ReturnAsync(Job job)
    {
        await _time.DelayAsync(_deployment.JobVisibility);
        Offer(job);
    }

    private sealed class Job(double seconds, double asked)
    {
        public double Left { get; set; } = seconds;

        public double Asked { get; } = asked;

        public bool Taken { get; set; }

        public TaskCompletionSource Done { get; } = new();
    }
}
