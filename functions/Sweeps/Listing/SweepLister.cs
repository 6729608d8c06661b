using System.Collections.Concurrent;
using HsNas.Contracts.Sweeps;
using HsNas.Functions.Hosting;
using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Sweeps.Listing;

/// <summary>
/// All sweeps that the task hub knows, newest first. The status of a sweep is read again only when its instance has changed. Safe for
/// concurrent use.
/// </summary>
public sealed class SweepLister(HubIndex hub, SweepStatusReader statuses)
{
    private const int MostKept = 5_000;

    private readonly ConcurrentDictionary<string, (OrchestrationMetadata Instance, SweepSummary Row)> _known = new(StringComparer.Ordinal);

    /// <summary>Instances of sweeps with the time they began, newest first: enough to choose a page.</summary>
    public async Task<IReadOnlyList<OrchestrationMetadata>> AllAsync(DurableTaskClient client, CancellationToken cancellationToken)
    {
        var look = await hub.LookAsync(client, cancellationToken);
        return [.. look.Instances.Values.Where(i => i.Name == nameof(SweepOrchestrator))
            .OrderByDescending(i => i.CreatedAt).ThenBy(i => i.InstanceId, StringComparer.Ordinal)];
    }

    /// <summary>The lines of some of them; those whose blobs are gone are left out.</summary>
    public async Task<IReadOnlyList<SweepSummary>> RowsAsync(
        DurableTaskClient client, IEnumerable<OrchestrationMetadata> sweeps, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sweeps);
        var rows = new List<SweepSummary>();
        foreach (var sweep in sweeps)
            if (await RowAsync(client, sweep, cancellationToken) is { } row) rows.Add(row);
        return rows;
    }

    private async Task<SweepSummary?> RowAsync(
        DurableTaskClient client, OrchestrationMetadata sweep, CancellationToken cancellationToken)
    {
        var id = sweep.InstanceId;
        if (_known.TryGetValue(id, out var known) && known.Instance.LastUpdatedAt == sweep.LastUpdatedAt
            && known.Instance.RuntimeStatus == sweep.RuntimeStatus) return known.Row;
        if (await statuses.TryReadAsync(client, id, cancellationToken) is not { } status) return null;
        var row = new SweepSummary(
            id, status.Name, status.Status, status.Counts, status.SpentUsd, status.MaxCostUsd, sweep.CreatedAt, sweep.LastUpdatedAt);
        if (_known.Count >= MostKept) _known.Clear();
        // One that stops says so in its log before its instance changes.
        if (sweep.IsCompleted) _known[id] = (sweep, row);
        return row;
    }
}
