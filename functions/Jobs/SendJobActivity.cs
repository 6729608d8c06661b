using HsNas.Kernel.Jobs;
using Microsoft.Azure.Functions.Worker;

namespace HsNas.Functions.Jobs;

/// <summary>Sends the message of a job whose input is stored.</summary>
public sealed class SendJobActivity(WorkerJobs jobs)
{
    /// <summary>Sends; sending twice is harmless.</summary>
    [Function(nameof(SendJobActivity))]
    public Task RunAsync([ActivityTrigger] SendJobInput input, FunctionContext context) =>
        jobs.SendAsync(input.Job, input.InstanceId, context.CancellationToken);
}

/// <summary>Input of <see cref="SendJobActivity"/>.</summary>
/// <param name="Job">The job.</param>
/// <param name="InstanceId">The orchestration that waits for it.</param>
public sealed record SendJobInput(JobRef Job, string InstanceId);
