using HsNas.Local.Stack.Processes;
using HsNas.Local.Stack.Storage;

namespace HsNas.Local.Stack;

/// <summary>
/// The whole system on one machine: Azurite, the in-context model, the function app and workers, each a process of its own
/// that is started again when it dies. Disposing ends them all.
/// </summary>
public sealed class LocalStack : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    // A call under way to a paid model is awaited. Hosts give their functions 30 seconds.
    private static readonly TimeSpan PaidPatience = TimeSpan.FromSeconds(32);

    private readonly StackOptions _options;
    private readonly StackPorts _ports;
    private readonly StorageEmulator _storage;
    private readonly StackPlan _plan;
    private readonly Action<string> _note;
    private readonly TimeProvider _time;
    private readonly ProcessStarter _starter = new();
    private readonly List<SupervisedProcess> _processes = [];
    private readonly Lock _lock = new();
    private bool _ready;
    private bool _ending;

    private LocalStack(StackOptions options, Action<string> note, TimeProvider time)
    {
        (_options, _note, _time) = (options, note, time);
        _ports = StackPorts.Find(options.CustomaryPorts);
        _storage = StorageEmulator.Create(_ports);
        _plan = new StackPlan(options, _ports, _storage, Environment.GetEnvironmentVariable);
    }

    /// <summary>What others need to know of it.</summary>
    public StackState State
    {
        get
        {
            lock (_lock)
            {
                return new StackState(
                    ProcessIdentity.Current, _ready, _plan.FunctionsUrl, _plan.ModelUrl, _storage.ConnectionString, _ports,
                    [.. _processes.Select(p => new StackProcess(p.Spec.Name, p.Identity, p.Spec.LogFile, p.Exits))]);
            }
        }
    }

    /// <summary>Starts everything and returns when all of it answers.</summary>
    /// <param name="options">What to start.</param>
    /// <param name="note">Receives what happens, a line at a time, also long after the start.</param>
    /// <param name="time">Clock.</param>
    /// <param name="cancellationToken">Gives up, and ends what was started.</param>
    /// <exception cref="StackException">Something did not start, or a stack runs in this folder already.</exception>
    public static async Task<LocalStack> StartAsync(
        StackOptions options, Action<string> note, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        await StackEnding.CleanAsync(options.RunFolder, time);
        Directory.CreateDirectory(options.LogFolder);
        Directory.CreateDirectory(Path.Combine(options.RunFolder, "azurite"));
        var stack = new LocalStack(options, note, time);
        try
        {
            await stack.StartAsync(cancellationToken);
            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    /// <summary>kill -9 of a process, which is then started again like any that ends; false where it does not run at the moment.</summary>
    public bool Kill(string process) => Send(process, Signals.Kill);

    /// <summary>Makes a process stand still (Linux); false where it does not run at the moment.</summary>
    public bool Pause(string process) => Send(process, Signals.Stop);

    /// <summary>Lets a paused process go on.</summary>
    public bool Resume(string process) => Send(process, Signals.Continue);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            if (_ending) return;
            _ending = true;
        }

        foreach (var process in _processes) await process.DisposeAsync();

        // Storage ends last, so that the others can still finish what they write.
        var (last, first) =
            (_processes.Where(p => p.Spec.Name == _plan.Storage.Name), _processes.Where(p => p.Spec.Name != _plan.Storage.Name));
        foreach (var group in new[] { first, last })
            await Signals.EndAsync(
                [.. group.Select(p => p.Identity).OfType<ProcessIdentity>()], _plan.UsesInContextModel ? Patience : PaidPatience, _time);
        _starter.Dispose();
        StackState.Delete(_options.RunFolder);
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var readiness = new Readiness(http, _time, _options.StartTimeout);
        var storage = await LaunchAsync(_plan.Storage);
        var model = _plan.UsesInContextModel ? await LaunchAsync(_plan.Model) : null;
        await readiness.AnswersAsync(storage, _storage.BlobAddress, cancellationToken);
        await readiness.AnswersAsync(storage, _storage.QueueAddress, cancellationToken);
        _note($"azurite answers on ports {_ports.Blobs} and {_ports.Queues}");
        var setup = new StorageSetup(_storage.ConnectionString);
        await setup.CreateContainersAsync(cancellationToken);
        foreach (var upload in await setup.UploadAsync(_options.DataFolder, new SeedFolders(_options.Root), cancellationToken))
            _note($"uploaded {upload}");

        var functions = await LaunchAsync(_plan.Functions);
        var workers = new List<SupervisedProcess>();
        foreach (var spec in _plan.Workers) workers.Add(await LaunchAsync(spec));
        if (model is not null)
        {
            await readiness.AnswersAsync(model, new Uri(_plan.ModelUrl + "/models"), cancellationToken);
            _note($"in-context model (a regression, no language model) answers on port {_ports.Model}");
        }

        await readiness.AnswersAsync(functions, new Uri(_plan.FunctionsUrl), cancellationToken);
        _note($"function app answers on port {_ports.Functions}");
        foreach (var worker in workers) await readiness.LogsAsync(worker, "Application started", cancellationToken);
        _note($"{workers.Count} worker{(workers.Count == 1 ? "" : "s")} started");
        if (_processes.FirstOrDefault(p => p.Exits > 0) is { } dead) throw Readiness.EndedEarly(dead);
        _ready = true;
        Save();
    }

    private bool Send(string name, int signal)
    {
        lock (_lock) return _processes.Find(p => p.Spec.Name == name)?.Identity is { } identity && Signals.Send(identity, signal);
    }

    private async Task<SupervisedProcess> LaunchAsync(ChildSpec spec)
    {
        var process = new SupervisedProcess(spec, _starter, _note, _time, _options.LongestRestartWait);
        lock (_lock) _processes.Add(process);
        process.Changed = Save;
        await process.StartAsync();
        return process;
    }

    private void Save()
    {
        lock (_lock)
        {
            if (!_ending) State.Write(_options.RunFolder);
        }
    }
}
