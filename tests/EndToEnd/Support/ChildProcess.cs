using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using HsNas.Local.Stack.Processes;

namespace HsNas.EndToEnd.Tests.Support;

/// <summary>A started program. It ends with the test run at the latest, however that ends.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
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

    public static ChildProcess Start(string name, string program, IEnumerable<string> arguments, Dictionary<string, string> environment)
    {
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

    /// <summary>A port that nobody listens on now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits until the program listens on a port.</summary>
    public async Task ListensAsync(int port)
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            if (_process.HasExited) throw new InvalidOperationException($"{_name} ended with {_process.ExitCode}.\n{Log}");
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(100);
            }
        }

        throw new TimeoutException($"{_name} does not listen on port {port} after a minute.\n{Log}");
    }

    /// <summary>Sends SIGTERM and waits until the program has ended.</summary>
    public async Task StopAsync()
    {
        if (ProcessIdentity.Of(_process.Id) is { } running) Signals.Send(running, Signals.Terminate);
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
    }

    /// <summary>kill -9.</summary>
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
            if (_lastLines.Count > 200) _lastLines.Dequeue();
        }
    }
}
