using System.Diagnostics;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Functions.Hosting;
using HsNas.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace HsNas.Functions.Jobs;

/// <summary>A worker finished a job: wakes who waits for it. A reply nobody waits for any more is acknowledged and forgotten.</summary>
public sealed class WorkerReplyTrigger(ILogger<WorkerReplyTrigger> logger)
{
    /// <summary>Raises the event.</summary>
    [Function(nameof(WorkerReplyTrigger))]
    public async Task RunAsync(
        [QueueTrigger(BlobLayout.ReplyQueue)] string message, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var reply = WorkerReply.Parse(message);
        using var span = SearchTrace.Continue(
            FunctionsTelemetry.Source, "wake", ActivityKind.Consumer, reply.TraceParent, reply.InstanceId);
        span?.SetTag("hsnas.job", reply.JobId);
        var woken = await client.TryTellAsync(
            reply.InstanceId,
            () => client.RaiseEventAsync(reply.InstanceId, JobWaiting.EventName(reply.JobId), reply.JobId, cancellationToken),
            cancellationToken);
        if (!woken) logger.LogInformation("Nobody waits for job {JobId} any more", reply.JobId);
    }
}
