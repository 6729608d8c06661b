using HsNas.Functions.Sweeps.Files;
using Microsoft.Azure.Functions.Worker;

namespace HsNas.Functions.Sweeps;

/// <summary>Writes into a sweep's log that a run is over, unless something was written that the run has not seen.</summary>
public sealed class EndSweepActivity(SweepFiles sweeps)
{
    /// <summary>Whether the run is over; doing it again gives the same answer.</summary>
    [Function(nameof(EndSweepActivity))]
    public async Task<bool> RunAsync([ActivityTrigger] EndSweepInput input, FunctionContext context)
    {
        var (sweep, run) = input.Run;
        var end = SweepEntry.Of(SweepEntryKind.End, run);
        if (await sweeps.TryAppendAsync(sweep, input.Entries, end, context.CancellationToken)) return true;
        return await sweeps.TryGetEntryAsync(sweep, input.Entries, context.CancellationToken) is { Kind: SweepEntryKind.End } there
            && there.Run == run;
    }
}

/// <summary>Input of <see cref="EndSweepActivity"/>.</summary>
/// <param name="Run">The run of the sweep.</param>
/// <param name="Entries">Entries of the log that it has seen.</param>
public sealed record EndSweepInput(SweepRun Run, int Entries);
