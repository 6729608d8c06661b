using HsNas.Local.Stack.Processes;

namespace HsNas.Local.Stack;

/// <summary>Ends stacks from outside: a running one, or what a killed supervisor left behind.</summary>
public static class StackEnding
{
    private static readonly TimeSpan SupervisorPatience = TimeSpan.FromSeconds(70);
    private static readonly TimeSpan LeftoverPatience = TimeSpan.FromSeconds(5);

    /// <summary>Ends the stack of a run folder; false where none runs.</summary>
    public static async Task<bool> StopAsync(string runFolder, TimeProvider time)
    {
        if (StackState.TryRead(runFolder) is not { } state) return false;
        var ran = state.Supervisor.IsAlive;
        if (ran) await Signals.EndAsync([state.Supervisor], SupervisorPatience, time);
        return await EndLeftoversAsync(runFolder, time) || ran;
    }

    /// <summary>Ends what a killed supervisor left behind.</summary>
    /// <exception cref="StackException">The supervisor lives: the folder is in use.</exception>
    internal static async Task CleanAsync(string runFolder, TimeProvider time)
    {
        if (StackState.TryReadRunning(runFolder) is { } state)
            throw new StackException($"A stack runs in {runFolder} already (process {state.Supervisor.Id}); end it first.");
        await EndLeftoversAsync(runFolder, time);
    }

    private static async Task<bool> EndLeftoversAsync(string runFolder, TimeProvider time)
    {
        if (StackState.TryRead(runFolder) is not { } state) return false;
        var left = state.Processes.Select(p => p.Process).OfType<ProcessIdentity>().Where(p => p.IsAlive).ToList();
        await Signals.EndAsync(left, LeftoverPatience, time);
        StackState.Delete(runFolder);
        return left.Count > 0;
    }
}
