using HsNas.Kernel.Jobs;
using Microsoft.DurableTask;

namespace HsNas.Functions.Jobs;

/// <summary>Waits for worker jobs inside an orchestrator.</summary>
internal static class JobWaiting
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(30);

    /// <summary>
    /// Waits until the job has a result. The event is only a wake-up: after every event or timeout the result blob is looked
    /// at, so lost, late and repeated events are harmless. Waits grow, so a long job adds little history.
    /// </summary>
    /// <param name="context">The orchestration that waits.</param>
    /// <param name="job">The job.</param>
    /// <param name="options">How looks are retried; <see cref="Retries.Standard"/> where null.</param>
    /// <returns>The last look.</returns>
    /// <exception cref="JobFailedException">The job failed; the message holds its error.</exception>
    public static async Task<JobOutcome> WaitForJobAsync(this TaskOrchestrationContext context, JobRef job, TaskOptions? options = null)
    {
        if (job.Done) return new JobOutcome(true, null);
        var (wait, progress) = (FirstWait, (long?)null);

        // One waiter outlives the timeouts, and the next is there before the blob is looked at: an event finds an open ear always.
        var call = context.WaitForExternalEvent<string>(EventName(job.JobId));
        for (var look = 1; ; look++)
        {
            await CallOrTimeoutAsync(context, call, wait);
            if (call.IsCompleted) call = context.WaitForExternalEvent<string>(EventName(job.JobId));
            var input = new CheckJobInput(job, context.InstanceId, look, progress);
            var outcome = await context.CallActivityAsync<JobOutcome>(nameof(CheckJobActivity), input, options ?? Retries.Standard);
            if (outcome.Error is not null) throw new JobFailedException($"Job {job.Kind} failed: {outcome.Error}");
            if (outcome.Done) return outcome;
            progress = outcome.Progress;
            wait = wait * 1.5 > LongestWait ? LongestWait : wait * 1.5;
        }
    }

    /// <summary>Waits for all tasks, but no longer than the first failure.</summary>
    public static async Task AllOrFirstFailureAsync(params IEnumerable<Task> tasks)
    {
        var pending = tasks.ToList();
        while (pending.Count > 0)
        {
            var ended = await Task.WhenAny(pending);
            pending.Remove(ended);
            await ended;
        }
    }

    /// <summary>The event that wakes who waits for a job.</summary>
    public static string EventName(string jobId) => $"job:{jobId}";

    private static async Task CallOrTimeoutAsync(TaskOrchestrationContext context, Task call, TimeSpan wait)
    {
        if (call.IsCompleted) return;
        using var called = new CancellationTokenSource();
        await Task.WhenAny(call, context.CreateTimer(wait, called.Token));
        Cancel(called);
    }

    // Not CancelAsync: an orchestrator may await nothing but durable tasks.
    private static void Cancel(CancellationTokenSource source) => source.Cancel();
}
