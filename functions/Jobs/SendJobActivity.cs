using Microsoft.Azure.Functions.Worker;

namespace HsNas.Functions.Jobs;

/// <summary>Sends the message of a job whose input is stored.</summary>
public sealed class SendJobActivity(WorkerJobs jobs)
{
    /// <summary>Sends; sending twice is harmless.</summary>
    [Function(nameof(SendJobActivity))]
    public Task RunAsync([ActivityTrigger] CheckJobInput input, FunctionContext context) =>
        jobs.SendAsync(input.Job, input.InstanceId, context.CancellationToken);
}
