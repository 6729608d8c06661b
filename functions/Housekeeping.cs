using HsNas.Functions.Hosting;
using HsNas.Functions.Jobs;
using HsNas.Functions.Searches;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace HsNas.Functions;

/// <summary>
/// Puts away what searches leave behind: children of searches that are over, worker jobs that nobody waits for any more, and
/// instances that finished long ago. All of it may be done twice, or not at all this time.
/// </summary>
public sealed class Housekeeping(
    OrphanedJobs orphans, SearchSilence silence, PipelineOptions options, TimeProvider time, ILogger<Housekeeping> logger)
{
    /// <summary>What an ended child gives as its reason.</summary>
    public const string Reason = "its search is over";

    private static readonly OrchestrationRuntimeStatus[] Living =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    private static readonly OrchestrationRuntimeStatus[] Over =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    /// <summary>One round; what it did.</summary>
    public async Task<HousekeepingReport> RunAsync(DurableTaskClient client, CancellationToken cancellationToken)
    {
        var living = await ListAsync(client, new OrchestrationQuery { Statuses = Living, FetchInputsAndOutputs = true }, cancellationToken);
        var ended = new List<string>();
        foreach (var child in living)
        {
            if (!await IsLeftBehindAsync(client, child, cancellationToken)) continue;
            Task End() => client.TerminateInstanceAsync(child.InstanceId, Reason, cancellationToken);
            if (await client.TryTellAsync(child.InstanceId, End, cancellationToken)) ended.Add(child.InstanceId);
        }

        var waitedFor = living.Where(i => !ended.Contains(i.InstanceId)).SelectMany(WaitedJobs.Of).ToHashSet(StringComparer.Ordinal);
        var cancelled = await orphans.CancelAsync(waitedFor, cancellationToken);
        var purged = await PurgeAsync(client, cancellationToken);
        FunctionsTelemetry.Silent(await silence.LongestAsync([.. living.Where(i => !ended.Contains(i.InstanceId))], cancellationToken));
        if (ended.Count + cancelled + purged > 0)
        {
            logger.LogInformation(
                "Housekeeping: {Ended} instances of finished searches ended, {Cancelled} orphaned jobs cancelled, {Purged} old ones purged",
                ended.Count, cancelled, purged);
        }

        return new HousekeepingReport(ended.Count, cancelled, purged);
    }

    private static async Task<bool> IsLeftBehindAsync(
        DurableTaskClient client, OrchestrationMetadata child, CancellationToken cancellationToken) =>
        child.Name != nameof(SearchOrchestrator)
        && SearchInstances.ParentOf(child.InstanceId) is { } search
        && await client.GetInstanceAsync(search, cancellationToken) is { IsCompleted: true, Name: nameof(SearchOrchestrator) };

    private async Task<int> PurgeAsync(DurableTaskClient client, CancellationToken cancellationToken)
    {
        var limit = time.GetUtcNow() - options.KeepInstances;
        var old = await ListAsync(client, new OrchestrationQuery { Statuses = Over, CreatedTo = limit }, cancellationToken);
        var purged = 0;
        foreach (var instance in old.Where(i => i.LastUpdatedAt < limit))
            purged += (await client.PurgeInstanceAsync(instance.InstanceId, cancellationToken)).PurgedInstanceCount;
        return purged;
    }

    private static async Task<List<OrchestrationMetadata>> ListAsync(
        DurableTaskClient client, OrchestrationQuery query, CancellationToken cancellationToken)
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
