using HsNas.Functions.Sweeps.Files;
using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Sweeps;

/// <summary>Stops sweeps and lets them go on.</summary>
public sealed class SweepStopper(SweepFiles sweeps, SweepInstances instances)
{
    /// <summary>
    /// Lets no further row start; searches under way run to their end, because what they began is paid for. False, and nothing is
    /// changed, where the sweep is over.
    /// </summary>
    public Task<bool> TryStopAsync(string sweep, CancellationToken cancellationToken) =>
        AppendAsync(sweep, SweepEntryKind.Stop, state => state.IsStopped, state => !state.IsOver, cancellationToken);

    /// <summary>Lets a sweep go on: rows that were not begun, and once more those that failed.</summary>
    public async Task ResumeAsync(DurableTaskClient client, string sweep, CancellationToken cancellationToken)
    {
        await AppendAsync(
            sweep, SweepEntryKind.Resume, state => !state.IsStopped && !state.IsOver, _ => true, cancellationToken);
        await instances.EnsureAsync(client, sweep, cancellationToken);
    }

    private async Task<bool> AppendAsync(
        string sweep, SweepEntryKind kind, Predicate<SweepState> isSo, Predicate<SweepState> isAllowed, CancellationToken cancellationToken)
    {
        while (true)
        {
            var state = await sweeps.StateAsync(sweep, cancellationToken);
            if (!isAllowed(state)) return false;
            if (isSo(state) || await sweeps.TryAppendAsync(sweep, state.Entries, SweepEntry.Of(kind), cancellationToken)) return true;
        }
    }
}
