using Microsoft.DurableTask;

namespace HsNas.Functions.Jobs;

/// <summary>
/// Counts what an orchestration does once more: attempts of activities that failed, and jobs that workers took again. Replay-safe, because
/// it is told by the history alone, in its order.
/// </summary>
internal sealed class RepeatLog
{
    private readonly TaskOrchestrationContext _context;

    /// <summary>A log that goes on where an earlier one of the same orchestration ended.</summary>
    public RepeatLog(TaskOrchestrationContext context, Repeats? failed = null, Repeats? taken = null)
    {
        (_context, Failed, Taken) = (context, failed, taken);
        Options = Retries.Noting(NoteFailure);
    }

    /// <summary>Attempts of activities that failed and may pass if repeated; null where there were none.</summary>
    public Repeats? Failed { get; private set; }

    /// <summary>Jobs that were taken once more; null where there were none.</summary>
    public Repeats? Taken { get; private set; }

    /// <summary>How activities are retried whose failures count here: as by <see cref="Retries.Standard"/>.</summary>
    public TaskOptions Options { get; }

    /// <summary>Called when an attempt has failed, so that a status shows it while the next attempt waits.</summary>
    public Action? Changed { get; set; }

    /// <summary>Waits for a job (<see cref="JobWaiting"/>), and counts how often it was taken again meanwhile.</summary>
    public async Task WaitForJobAsync(Kernel.Jobs.JobRef job)
    {
        var start = _context.CurrentUtcDateTime;
        var outcome = await _context.WaitForJobAsync(job, Options);
        foreach (var at in outcome.Taken ?? [])
        {
            // A job may be shared: what happened before this orchestration waited for it is not its own.
            if (at.UtcDateTime >= start) Taken = (Taken ?? Repeats.None).With(at.UtcDateTime);
        }
    }

    private void NoteFailure()
    {
        Failed = (Failed ?? Repeats.None).With(_context.CurrentUtcDateTime);
        Changed?.Invoke();
    }
}
