using System.Diagnostics;

namespace HsNas.Local.Stack.Processes;

/// <summary>One process that is started again whenever it ends, after a wait that grows while it keeps ending soon.</summary>
internal sealed class SupervisedProcess(
    ChildSpec spec, ProcessStarter starter, Action<string> note, TimeProvider time, TimeSpan? longestWait = null) : IAsyncDisposable
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Healthy = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stopping = new();
    private Process? _process;
    private Task _supervision = Task.CompletedTask;

    /// <summary>How it is started.</summary>
    public ChildSpec Spec => spec;

    /// <summary>The running process; null between two runs.</summary>
    public ProcessIdentity? Identity { get; private set; }

    /// <summary>How often it ended without being asked to.</summary>
    public int Exits { get; private set; }

    /// <summary>Called after each start and end.</summary>
    public Action? Changed { get; set; }

    /// <summary>Starts it and watches over it.</summary>
    public async Task StartAsync()
    {
        await LaunchAsync();
        _supervision = SuperviseAsync();
    }

    /// <summary>Stops watching; the process itself is left to the caller to end.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _supervision;
        _process?.Dispose();
        _stopping.Dispose();
    }

    /// <summary>How long to wait before the start that follows <paramref name="failures"/> early ends in a row.</summary>
    internal static TimeSpan WaitAfter(int failures) =>
        TimeSpan.FromTicks(Math.Min(LongestWait.Ticks, FirstWait.Ticks << Math.Min(failures, 10)));

    private async Task LaunchAsync()
    {
        _process = await starter.StartAsync(spec);
        Identity = ProcessIdentity.Of(_process.Id);
        Changed?.Invoke();
    }

    private async Task SuperviseAsync()
    {
        var failures = 0;
        try
        {
            while (true)
            {
                var start = time.GetTimestamp();
                await _process!.WaitForExitAsync(_stopping.Token);
                failures = time.GetElapsedTime(start) > Healthy ? 0 : failures + 1;
                var wait = WaitAfter(failures);
                if (wait > longestWait) wait = longestWait.Value;
                Exits++;
                Identity = null;
                note($"{spec.Name} ended with code {_process.ExitCode}; starting it again in {wait.TotalSeconds:0.##} s");
                _process.Dispose();
                Changed?.Invoke();
                await Task.Delay(wait, time, _stopping.Token);
                await LaunchAsync();
            }
        }
        catch (StackException e)
        {
            note($"{e.Message} It is not tried again.");
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
    }
}
