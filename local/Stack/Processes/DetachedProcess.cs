using System.Diagnostics;

namespace HsNas.Local.Stack.Processes;

/// <summary>Starts a process that outlives this one.</summary>
public static class DetachedProcess
{
    /// <summary>Starts it, in a session of its own.</summary>
    public static Process Start(ChildSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return ProcessStarter.Start(spec, ProcessStarter.Tool("setsid"));
    }
}
