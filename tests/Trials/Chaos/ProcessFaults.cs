using HsNas.Kernel;
using HsNas.Local.Stack;

namespace HsNas.Trials.Chaos;

/// <summary>Kills processes of a stack.</summary>
internal sealed class ProcessFaults(LocalStack stack, SeededRandom random, FaultCounts counts, TimeProvider time)
{
    private const string Functions = "functions";
    private const string Storage = "azurite";
    private const string Model = "model";

    // Azurite confirms writes at once but saves its index of them every five seconds. A storage account never forgets what it
    // confirmed. Azurite is therefore killed just after a save: all writers are paused until a save has surely been made.
    private static readonly TimeSpan SavedForSure = TimeSpan.FromSeconds(6);

    private readonly IReadOnlyList<string> _workers =
        [.. stack.State.Processes.Select(p => p.Name).Where(n => n.StartsWith("worker-", StringComparison.Ordinal))];

    /// <summary>kill -9 of a random process, unless it does not run at the moment.</summary>
    public async Task KillOneAsync(CancellationToken cancellationToken)
    {
        var name = random.NextDouble() switch
        {
            < 0.38 => Functions,
            < 0.73 => _workers[random.Next(_workers.Count)],
            < 0.88 => Model,
            _ => Storage,
        };
        if (name == Storage ? await KillStorageAsync(cancellationToken) : stack.Kill(name)) counts.Killed(name);
    }

    private async Task<bool> KillStorageAsync(CancellationToken cancellationToken)
    {
        string[] writers = [Functions, .. _workers];
        try
        {
            foreach (var writer in writers) stack.Pause(writer);
            await Task.Delay(SavedForSure, time, cancellationToken);
            return stack.Kill(Storage);
        }
        finally
        {
            foreach (var writer in writers) stack.Resume(writer);
        }
    }
}
