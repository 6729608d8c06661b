using System.Runtime.InteropServices;

namespace HsNas.Local.Stack.Processes;

/// <summary>Ends processes: first by SIGTERM, then by SIGKILL.</summary>
internal static partial class Signals
{
    /// <summary>SIGKILL.</summary>
    public const int Kill = 9;

    /// <summary>SIGSTOP, as Linux numbers it: the process stands still until <see cref="Continue"/>.</summary>
    public const int Stop = 19;

    /// <summary>SIGCONT, as Linux numbers it.</summary>
    public const int Continue = 18;

    /// <summary>SIGTERM: asks a process to end.</summary>
    public const int Terminate = 15;

    // A busy machine needs a while even for SIGKILL.
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks every process to end, waits up to <paramref name="patience"/>, and kills what is left.</summary>
    public static async Task EndAsync(IReadOnlyCollection<ProcessIdentity> processes, TimeSpan patience, TimeProvider time)
    {
        foreach (var process in processes) Send(process, Terminate);
        await WaitAsync(processes, patience, time);
        foreach (var process in processes) Send(process, Kill);
        await WaitAsync(processes, KillPatience, time);
    }

    /// <summary>Sends a signal; false where the process has ended.</summary>
    public static bool Send(ProcessIdentity process, int signal) => process.IsAlive && SendSignal(process.Id, signal) == 0;

    private static async Task WaitAsync(IReadOnlyCollection<ProcessIdentity> processes, TimeSpan patience, TimeProvider time)
    {
        var start = time.GetTimestamp();
        while (processes.Any(p => p.IsAlive) && time.GetElapsedTime(start) < patience) await Task.Delay(PollInterval, time);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int process, int signal);
}
