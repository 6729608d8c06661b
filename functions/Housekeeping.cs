using HsNas.Contracts;
using HsNas.Functions.Hosting;
using HsNas.Functions.Jobs;
using HsNas.Functions.Searches;
using HsNas.Kernel.Stores;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace HsNas.Functions;

/// <summary>
/// Puts away what searches leave behind: children of searches that are over, worker jobs that nobody waits for any more, and
/// instances that finished long ago. All of it may be done twice, or not at all this time.
/// </summary>
public sealed class Housekeeping(WorkerJobs jobs, IArtifactStore store, PipelineOptions options, TimeProvider time, ILogger<Housekeeping> logger)
{
    /// <summary>What an ended child gives as its reason.</summary>
    public const string Reason = "its search is over";

    private static readonly OrchestrationRuntimeStatus[] Living =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    private static readonly OrchestrationRuntimeStatus[] Over =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    // A job is submitted a moment before its search says that it waits for it: only who was an orphan the last time, too, is one.
    private HashSet<string> _suspects = new(StringComparer.Ordinal);

    /// <summary>One round; what it did.</summary>
    public async Task<HousekeepingReport> RunAsync(DurableTaskClient client, CancellationToken cancellationToken)
    {
        var living = await ListAsync(client, new OrchestrationQuery { Statuses = Living, FetchInputsAndOutputs = true }, cancellationToken);
        var ended = new List<string>();
        foreach (var child in living)
        {
            if (await IsLeftBehindAsync(client, child, cancellationToken)
                && await client.TryTellAsync(child.InstanceId, () => client.TerminateInstanceAsync(child.InstanceId, Reason, cancellationToken), cancellationToken))
                ended.Add(child.InstanceId);
        }

        var cancelled = await CancelOrphansAsync([.. living.Where(i => !ended.Contains(i.InstanceId)).SelectMany(WaitedJobs.Of)], cancellationToken);
        var purged = await PurgeAsync(client, cancellationToken);
        if (ended.Count + cancelled + purged > 0)
            logger.LogInformation("Housekeeping: {Ended} instances of finished searches ended, {Cancelled} orphaned jobs cancelled, {Purged} old instances purged", ended.Count, cancelled, purged);
        return new HousekeepingReport(ended.Count, cancelled, purged);
    }

    // Ids of searches hold no dash; those of their children are the search's, a dash, and what they do.
    private static async Task<bool> IsLeftBehindAsync(DurableTaskClient client, OrchestrationMetadata child, CancellationToken cancellationToken)
    {
        var dash = child.InstanceId.IndexOf('-', StringComparison.Ordinal);
        if (dash <= 0 || child.Name == nameof(SearchOrchestrator)) return false;
        return await client.GetInstanceAsync(child.InstanceId[..dash], cancellationToken) is { IsCompleted: true, Name: nameof(SearchOrchestrator) };
    }

    private async Task<int> CancelOrphansAsync(HashSet<string> waitedFor, CancellationToken cancellationToken)
    {
        var unfinished = new HashSet<string>(StringComparer.Ordinal);
        var finished = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var name in store.ListAsync(BlobLayout.Jobs, "", cancellationToken))
        {
            var job = name.Split('/')[0];
            if (name == BlobLayout.JobInput(job).Name) unfinished.Add(job);
            else if (name == BlobLayout.JobOutput(job).Name || name == BlobLayout.JobCancel(job).Name) finished.Add(job);
        }

        var orphans = unfinished.Where(j => !finished.Contains(j) && !waitedFor.Contains(j)).ToHashSet(StringComparer.Ordinal);
        var sure = orphans.Where(_suspects.Contains).ToList();
        _suspects = orphans;
        foreach (var job in sure) await jobs.CancelAsync(job, cancellationToken);
        return sure.Count;
    }

    private async Task<int> PurgeAsync(DurableTaskClient client, CancellationToken cancellationToken)
    {
        var limit = time.GetUtcNow() - options.KeepInstances;
        var old = await ListAsync(client, new OrchestrationQuery { Statuses = Over, CreatedTo = limit }, cancellationToken);
        var purged = 0;
        foreach (var instance in old.Where(i => i.LastUpdatedAt < limit))
            purged += (await client.PurgeInstanceAsync(instance.InstanceId, cancellationToken)).PurgedInstanceCount;
        return purged;
    }

    private static async Task<List<OrchestrationMetadata>> ListAsync(DurableTaskClient client, OrchestrationQuery query, CancellationToken cancellationToken)
    {
        var all = new List<OrchestrationMetadata>();
        await foreach (var instance in client.GetAllInstancesAsync(query).WithCancellation(cancellationToken)) all.Add(instance);
        return all;
    }
}

/// <summary>What a round of housekeeping did.</summary>
/// <param name="Ended">Living instances of finished searches that were ended.</param>
/// <param name="Cancelled">Jobs cancelled because nobody waits for them.</param>
/// <param name="Purged">Instances removed from the task hub.</param>
public sealed record HousekeepingReport(int Ended, int Cancelled, int Purged);
