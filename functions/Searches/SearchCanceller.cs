using HsNas.Functions.Jobs;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace HsNas.Functions.Searches;

/// <summary>Stops a search: itself, its children, its worker jobs.</summary>
public sealed class SearchCanceller(WorkerJobs jobs, TimeProvider time, ILogger<SearchCanceller> logger)
{
    /// <summary>What a cancelled search gives as its reason.</summary>
    public const string Reason = "cancelled by the user";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Terminates the search and its children, then cancels the jobs that any of them waited for.</summary>
    public async Task CancelAsync(DurableTaskClient client, string id, CancellationToken cancellationToken)
    {
        // Whatever the search still began before it stopped is in its last status: jobs are read from that one, not from an earlier one.
        if (await StopAsync(client, id, cancellationToken) is not { SerializedCustomStatus: not null } search) return;
        foreach (var mark in WaitedJobs.OpenStages(search))
        {
            var child = mark.Child is null ? null : await StopAsync(client, mark.Child, cancellationToken);
            foreach (var job in mark.JobIds.Concat(WaitedJobs.Of(child))) await jobs.CancelAsync(job, cancellationToken);
        }
    }

    private async Task<OrchestrationMetadata?> StopAsync(DurableTaskClient client, string id, CancellationToken cancellationToken)
    {
        if (!await client.TryTellAsync(id, () => client.TerminateInstanceAsync(id, Reason, cancellationToken), cancellationToken))
            return await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellationToken);
        using var patience = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogWarning("{InstanceId} has not stopped within {Patience}", id, Patience);
            return await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellationToken);
        }
    }
}
