using System.Diagnostics;
using HsNas.Functions.Hosting;
using HsNas.Functions.Jobs;
using HsNas.Shared.Messaging;
using HsNas.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace HsNas.Functions.Triggers;

/// <summary>A worker finished a job: wakes who waits for it. A reply nobody waits for any more is acknowledged and forgotten.</summary>
internal sealed class WorkerReplyTrigger(ILogger<WorkerReplyTrigger> logger)
{
    /// <summary>Raises the event.</summary>
    [Function(nameof(WorkerReplyTrigger))]
    public async Task RunAsync(
        [QueueTrigger(BlobLayout.ReplyQueue)] string message, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var reply = WorkerReply.Parse(message);
        using var span = SearchTrace.Continue(FunctionsTelemetry.Source, "wake", ActivityKind.Consumer, reply.TraceParent, reply.InstanceId)?.SetTag("hsnas.job", reply.JobId);
        if (await WaitsAsync(client, reply.InstanceId, cancellationToken))
        {
            try
            {
                await client.RaiseEventAsync(reply.InstanceId, JobWaiting.EventName(reply.JobId), reply.JobId, cancellationToken);
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The instance may have ended, or have been purged, since it was looked at; anything else is tried again.
                if (await WaitsAsync(client, reply.InstanceId, cancellationToken)) throw;
            }
        }

        logger.LogInformation("Nobody waits for job {JobId} any more", reply.JobId);
    }

    private static async Task<bool> WaitsAsync(DurableTaskClient client, string instanceId, CancellationToken cancellationToken) =>
        await client.GetInstanceAsync(instanceId, cancellationToken) is { IsCompleted: false };
}
