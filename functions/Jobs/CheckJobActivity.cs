using HsNas.Kernel.Jobs;
using Microsoft.Azure.Functions.Worker;

namespace HsNas.Functions.Jobs;

/// <summary>
/// Looks at a job's result blob. Every few looks without progress it sends the message again, in case it was lost; at once
/// where another search that wanted the same job was cancelled, and the job with it.
/// </summary>
public sealed class CheckJobActivity(WorkerJobs jobs)
{
    private const int LooksBeforeResending = 6;

    /// <summary>What is known of the job.</summary>
    [Function(nameof(CheckJobActivity))]
    public async Task<JobOutcome> RunAsync([ActivityTrigger] CheckJobInput input, FunctionContext context)
    {
        var outcome = await jobs.CheckAsync(input.Job, context.CancellationToken);
        if (outcome.Done) return outcome;
        var stands = input.Look % LooksBeforeResending == 0 && outcome.Progress == input.Progress;
        if (stands || await jobs.IsCancelledAsync(input.Job, context.CancellationToken))
            await jobs.SendAsync(input.Job, input.InstanceId, context.CancellationToken);
        return outcome;
    }
}

/// <summary>Input of <see cref="CheckJobActivity"/>.</summary>
/// <param name="Job">The job.</param>
/// <param name="InstanceId">Who waits.</param>
/// <param name="Look">How many times it was looked at, this one included.</param>
/// <param name="Progress">How far it was at the look before.</param>
public sealed record CheckJobInput(JobRef Job, string InstanceId, int Look, long? Progress = null);
