using HsNas.Functions.Activities;
using Microsoft.DurableTask;

namespace HsNas.Functions.Jobs;

/// <summary>Waits for worker jobs inside an orchestrator.</summary>
internal static class JobWaiting
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Waits until the job has a result. The event is only a wake-up: after every event or timeout the result blob is looked
    /// at, so lost, late and repeated events are harmless. Waits grow, so a long job adds little history.
    /// </summary>
    /// <exception cref="JobFailedException">The job failed; the message holds its error.</exception>
    public static async Task WaitForJobAsync(this TaskOrchestrationContext context, JobRef job)
    {
        var wait = FirstWait;
        for (var look = 1; ; look++)
        {
            try
            {
                await context.WaitForExternalEvent<string>(EventName(job.JobId), wait);
            }
            catch (OperationCanceledException)
            {
                // Nobody called in time: the blob decides.
            }

            var outcome = await context.CallActivityAsync<JobOutcome>(nameof(CheckJobActivity), new CheckJobInput(job, context.InstanceId, look), Retries.Standard);
            if (outcome.Error is not null) throw new JobFailedException($"Job {job.Kind} failed: {outcome.Error}");
            if (outcome.Done) return;
            wait = wait * 1.5 > LongestWait ? LongestWait : wait * 1.5;
        }
    }

    /// <summary>The event that wakes who waits for a job.</summary>
    public static string EventName(string jobId) => $"job:{jobId}";
}
