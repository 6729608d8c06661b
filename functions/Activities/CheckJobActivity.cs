using HsNas.Functions.Jobs;
using Microsoft.Azure.Functions.Worker;

namespace HsNas.Functions.Activities;

/// <summary>Looks at a job's result blob; every few looks in vain it sends the message again, in case it was lost.</summary>
internal sealed class CheckJobActivity(WorkerJobs jobs)
{
    private const int LooksBeforeResending = 6;

    /// <summary>What is known of the job.</summary>
    [Function(nameof(CheckJobActivity))]
    public async Task<JobOutcome> RunAsync([ActivityTrigger] CheckJobInput input, FunctionContext context)
    {
        var outcome = await jobs.CheckAsync(input.Job, context.CancellationToken);
        if (!outcome.Done && input.Look % LooksBeforeResending == 0)
            await jobs.SendAsync(input.Job, input.InstanceId, context.CancellationToken);
        return outcome;
    }
}
