namespace HsNas.Local.Stack.Processes;

/// <summary>
/// Starts a program that computes for minutes so that it yields to those that somebody waits for: answers, storage, other windows. On a
/// machine with nothing else to do it is as fast as before.
/// </summary>
public static class Yielding
{
    private const string Niceness = "5";

    // Linux shares time out between sessions first (autogroup), where a process's own niceness counts for nothing: the session gets one,
    // too. Without root the kernel takes one such change in a tenth of a second, so it is tried a few times.
    private const string Script =
        "for n in 1 2 3; do { echo " + Niceness + " >/proc/$$/autogroup; } 2>/dev/null && break; sleep 0.15; done; exec \"$@\"";

    /// <summary>What comes before the program, for one that has a session of its own; nothing on a system without these tools.</summary>
    public static IReadOnlyList<string> Prefix => File.Exists("/proc/self/autogroup")
        ? ["/bin/sh", "-c", Script, "sh", .. Nice] : Nice;

    /// <summary>The same for a program that is given a session of its own by it.</summary>
    public static IReadOnlyList<string> InOwnSession => [.. ProcessStarter.Tool("setsid"), .. Prefix];

    private static string[] Nice => ProcessStarter.Tool("nice", "-n", Niceness);
}
