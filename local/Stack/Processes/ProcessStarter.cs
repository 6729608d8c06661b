using System.Collections.Concurrent;
using System.Diagnostics;

namespace HsNas.Local.Stack.Processes;

/// <summary>
/// Starts processes whose output goes straight to a log file, and which end when this process ends, however it ends. Each has a
/// session of its own, so a Ctrl-C at the terminal reaches this process alone. The kernel ties a child to the thread that
/// started it, so one thread starts them all and lives as long as this object.
/// </summary>
internal sealed class ProcessStarter : IDisposable
{
    // The shell replaces itself by the command: the process number stays that of the child.
    private const string AppendToLog = "log=$1; shift; exec \"$@\" >>\"$log\" 2>&1 </dev/null";

    private readonly BlockingCollection<Action> _work = [];
    private readonly string[] _prefix = [.. Tool("setsid"), .. Tool("setpriv", "--pdeathsig", "TERM", "--")];

    /// <summary>A starter with its thread.</summary>
    public ProcessStarter()
    {
        var thread = new Thread(() =>
        {
            foreach (var work in _work.GetConsumingEnumerable()) work();
        })
        { IsBackground = true, Name = "process starter" };
        thread.Start();
    }

    /// <summary>Starts a process that ends with this one.</summary>
    /// <exception cref="StackException">The program cannot be started.</exception>
    public Task<Process> StartAsync(ChildSpec spec)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                started.SetResult(Start(spec, _prefix));
            }
            catch (Exception e)
            {
                started.SetException(new StackException($"{spec.Name} cannot be started: {e.Message}", e));
            }
        });
        return started.Task;
    }

    /// <summary>Ends the thread; the kernel then ends the processes that it started.</summary>
    public void Dispose() => _work.CompleteAdding();

    /// <summary>Starts a process behind the tools of <paramref name="prefix"/>.</summary>
    internal static Process Start(ChildSpec spec, IReadOnlyList<string> prefix)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(spec.LogFile)!);
        var start = new ProcessStartInfo("/bin/sh", ["-c", AppendToLog, "sh", spec.LogFile, .. prefix, .. spec.Command])
        {
            UseShellExecute = false,
            WorkingDirectory = spec.WorkingFolder,
        };
        foreach (var (name, value) in spec.Environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>A tool with its arguments; empty where this machine does not have it.</summary>
    internal static string[] Tool(string name, params string[] arguments)
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, name)));
        return found ? [name, .. arguments] : [];
    }
}
