using HsNas.Functions.Jobs;
using HsNas.Functions.Sweeps.Files;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Sweeps;

/// <summary>The orchestrations of sweeps: one instance a sweep, under the sweep's id.</summary>
public sealed class SweepInstances(SweepFiles sweeps, TimeProvider time)
{
    private const int MostAttempts = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Sees to it that what the log says is done: by the run under way, which is told to look, or by a new one. A run cannot end
    /// without having seen the whole log, so what is in the log before is never missed.
    /// </summary>
    /// <exception cref="TimeoutException">An earlier run does not come to its end.</exception>
    public async Task EnsureAsync(DurableTaskClient client, string sweep, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var state = await sweeps.StateAsync(sweep, cancellationToken);
            if (state.IsOver || state.IsStopped) return;
            var instance = await client.GetInstanceAsync(sweep, getInputsAndOutputs: true, cancellationToken);
            if (instance is not { IsCompleted: false })
            {
                if (await TryStartAsync(client, new SweepRun(sweep, state.Run), cancellationToken)) return;
            }
            else if (instance.ReadInputAs<SweepRun>()?.Run == state.Run)
            {
                Task Tell() => client.RaiseEventAsync(sweep, SweepOrchestrator.Changed, "", cancellationToken);
                if (await client.TryTellAsync(sweep, Tell, cancellationToken)) return;
            }

            await Task.Delay(Pause, time, cancellationToken);
        }

        throw new TimeoutException($"An earlier run of sweep {sweep} does not end.");
    }

    private static async Task<bool> TryStartAsync(DurableTaskClient client, SweepRun run, CancellationToken cancellationToken)
    {
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(SweepOrchestrator), run, new StartOrchestrationOptions(run.Sweep), cancellationToken);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Another request may have started it at the same moment.
            if (await client.GetInstanceAsync(run.Sweep, cancellationToken) is not { IsCompleted: false }) throw;
            return false;
        }
    }
}
