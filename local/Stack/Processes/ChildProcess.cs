using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace HsNas.Local.Stack.Processes;

/// <summary>
/// A program that runs for as long as a command or a test needs it. It ends with this process at the latest, however that ends
/// by itself. Its last lines are kept for messages.
/// </summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private const int MostLines = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    private readonly Process _process;
    private readonly string _name;
    private readonly Queue<string> _lastLines = new();

    private ChildProcess(Process process, string name)
    {
        (_process, _name) = (process, name);
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        AppDomain.CurrentDomain.ProcessExit += KillAtExit;
    }

    /// <summary>The last lines it wrote.</summary>
    public string Log
    {
        get
        {
            lock (_lastLines) return $"--- {_name}\n{string.Join('\n', _lastLines)}";
        }
    }

    /// <summary>Starts a program.</summary>
    /// <param name="name">For messages.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables on top of this process's own.</param>
    public static ChildProcess Start(
        string name, string program, IEnumerable<string> arguments, Dictionary<string, string> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (key, value) in environment) start.Environment[key] = value;
        var child = new ChildProcess(new Process { StartInfo = start }, name);
        child._process.Start();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Waits until the program listens on a port of this machine.</summary>
    /// <exception cref="StackException">It ended, or does not listen after a minute.</exception>
    public async Task ListensAsync(int port, CancellationToken cancellationToken = default)
    {
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < Patience;)
        {
            if (_process.HasExited) throw new StackException($"{_name} ended with code {_process.ExitCode} as it started.\n{Log}");
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(PollInterval, cancellationToken);
            }
        }

        throw new StackException($"{_name} does not listen on port {port} after {Patience.TotalSeconds:0} s.\n{Log}");
    }

    /// <summary>Sends SIGTERM and waits until the program has ended.</summary>
    public async Task StopAsync()
    {
        if (ProcessIdentity.Of(_process.Id) is { } running) Signals.Send(running, Signals.Terminate);
        await _process.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <summary>Kills the program and what it started.</summary>
    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillAtExit;
        Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void KillAtExit(object? sender, EventArgs e) => Kill();

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > MostLines) _lastLines.Dequeue();
        }
    }
}
