using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using HsNas.Contracts;
using HsNas.Kernel.Stores;
using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Searches;

/// <summary>
/// How long running searches have shown no change: none of their instances went on, and no job that they wait for reported anything
/// new. What was seen is kept in this process, so after a restart of the app silence counts from nought.
/// </summary>
public sealed class SearchSilence(IArtifactStore store, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, (string Mark, DateTimeOffset Since)> _seen = new(StringComparer.Ordinal);

    /// <summary>The silence of the search that has been silent longest; zero where none runs or this is the first look at it.</summary>
    /// <param name="living">All instances that are not over, with their custom status.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<TimeSpan> LongestAsync(IReadOnlyList<OrchestrationMetadata> living, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(living);
        var (now, longest) = (time.GetUtcNow(), TimeSpan.Zero);
        var searches = living.GroupBy(i => SearchInstances.ParentOf(i.InstanceId) ?? i.InstanceId, StringComparer.Ordinal)
            .Where(g => g.Any(i => i.Name == nameof(SearchOrchestrator))).ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
        foreach (var gone in _seen.Keys.Where(id => !searches.ContainsKey(id)).ToList()) _seen.TryRemove(gone, out _);
        foreach (var (id, instances) in searches)
        {
            var mark = await MarkAsync(instances, cancellationToken);
            var last = _seen.AddOrUpdate(id, (mark, now), (_, before) => before.Mark == mark ? before : (mark, now));
            if (now - last.Since > longest) longest = now - last.Since;
        }

        return longest;
    }

    // Everything about a search that changes while it is worked on.
    private async Task<string> MarkAsync(List<OrchestrationMetadata> instances, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var instance in instances.OrderBy(i => i.InstanceId, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{instance.InstanceId} {instance.LastUpdatedAt.UtcTicks}\n"));
            foreach (var job in WaitedJobs.Of(instance))
                hash.AppendData(await store.TryReadAsync(BlobLayout.JobProgress(job), cancellationToken) ?? []);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
