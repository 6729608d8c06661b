using HsNas.Kernel;
using HsNas.Simulation.Engine;

namespace HsNas.Simulation.Parts;

/// <summary>The function app with its task hub: turns of orchestrators on partitions, activities on instances, queues between.</summary>
internal sealed class FunctionApp
{
    // Below this a queue is not polled less often, however long it was empty.
    private const double FirstPolling = 0.1;

    private readonly SimulatedTime _time;
    private readonly Deployment _deployment;
    private readonly Workload _workload;
    private readonly Servers? _machine;
    private readonly Servers[] _partitions;
    private readonly double[] _lastMessage;
    private readonly SeededRandom _random;
    private Task? _started;

    public FunctionApp(SimulatedTime time, Deployment deployment, Workload workload, Servers? machine)
    {
        (_time, _deployment, _workload, _machine) = (time, deployment, workload, machine);
        _partitions = [.. Enumerable.Range(0, deployment.Partitions).Select(_ => new Servers(time, 1))];
        _lastMessage = new double[deployment.Partitions];
        _random = SeededRandom.For(workload.Seed, 0, "polling");
        Activities = new Servers(time, deployment.Instances * deployment.ActivitiesPerInstance);
    }

    /// <summary>What runs activities.</summary>
    public Servers Activities { get; }

    /// <summary>Seconds that the busiest partition was used.</summary>
    public double BusiestPartition => _partitions.Max(p => p.Busy);

    /// <summary>Requests to storage.</summary>
    public long Requests { get; private set; }

    /// <summary>Ends when the app runs; the first caller starts it.</summary>
    public Task StartedAsync() => _started ??= _time.DelayAsync(_deployment.AppStart);

    /// <summary>An activity of search <paramref name="search"/>, and the orchestrator's turn after it.</summary>
    public async Task ActivityAsync(int search, double seconds)
    {
        await StepAsync();
        await ComputeAsync(Activities, seconds);
        await TurnAsync(search);
    }

    /// <summary>A worker's job of search <paramref name="search"/>, the reply's way back, and the orchestrator's turn after it.</summary>
    public async Task JobAsync(int search, WorkerPool workers, double seconds)
    {
        if (seconds <= 0) return;
        await StepAsync();
        await workers.DoAsync(seconds);
        await _time.DelayAsync(_deployment.ReplyPolling * _random.NextDouble());
        await TurnAsync(search);
    }

    /// <summary>Reads and writes of one step.</summary>
    public Task StepAsync()
    {
        Requests += _workload.RequestsPerStep;
        return _time.DelayAsync(_workload.RequestsPerStep * _deployment.Storage / 2);
    }

    // A queue that was empty for long is looked at seldom: the wait between two looks doubles up to its longest.
    private async Task TurnAsync(int search)
    {
        var partition = search % _partitions.Length;
        var quiet = _time.Now - _lastMessage[partition];
        _lastMessage[partition] = _time.Now;
        await _time.DelayAsync(Math.Clamp(quiet, FirstPolling, _deployment.HubPolling) * _random.NextDouble());
        await ComputeAsync(_partitions[partition], _deployment.Turn);
    }

    // Where all parts are on one machine, its processors take the time, and who waits for them keeps no place.
    private async Task ComputeAsync(Servers place, double seconds)
    {
        await place.UseAsync(_machine is null ? seconds : 0);
        if (_machine is not null) await _machine.UseAsync(seconds);
    }
}
