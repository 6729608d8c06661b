using System.Collections.Concurrent;
using HsNas.Contracts;
using HsNas.Contracts.Requests;
using HsNas.Functions.Distillation;
using HsNas.Functions.Hosting;
using HsNas.Functions.Searches.Files;
using HsNas.Kernel.Stores;
using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Searches.Listing;

/// <summary>
/// All searches that the task hub knows, newest first. A look at the hub is turned into rows once; a request never changes, so it is
/// read once a process. Safe for concurrent use.
/// </summary>
public sealed class SearchLister(HubIndex hub, SearchFiles files, TimeProvider time)
{
    private const int ReadsAtOnce = 16;
    private const int MostKept = 50_000;

    private readonly ConcurrentDictionary<string, SearchRequest> _requests = new(StringComparer.Ordinal);
    private (HubLook Look, Task<IReadOnlyList<SearchSummary>> Rows)? _last;
    private readonly Lock _gate = new();

    /// <summary>The searches; those whose request is gone are left out.</summary>
    public async Task<IReadOnlyList<SearchSummary>> AllAsync(DurableTaskClient client, CancellationToken cancellationToken)
    {
        var look = await hub.LookAsync(client, cancellationToken);
        Task<IReadOnlyList<SearchSummary>> rows;
        lock (_gate)
        {
            if (_last is not { } last || last.Look != look || last.Rows.IsFaulted) _last = (look, ReadAsync(look));
            rows = _last.Value.Rows;
        }

        return await rows.WaitAsync(cancellationToken);
    }

    /// <summary>The line of one search; null where there is none. One that began just now is there, too.</summary>
    public async Task<SearchSummary?> TryGetAsync(DurableTaskClient client, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        if ((await AllAsync(client, cancellationToken)).FirstOrDefault(s => s.Id == id) is { } known) return known;
        var search = await hub.FindAsync(client, id, cancellationToken);
        return search?.Name == nameof(SearchOrchestrator) && await TryRequestAsync(id, cancellationToken) is { } request
            ? SummaryOf.Search(search, request, null, null, time.GetUtcNow()) : null;
    }

    /// <summary>What the labels of a search had taken, over time; none where it bought none.</summary>
    public async Task<IReadOnlyList<SpendPoint>> SpendingAsync(DurableTaskClient client, string id, CancellationToken cancellationToken)
    {
        var look = await hub.LookAsync(client, cancellationToken);
        return look.Instances.GetValueOrDefault(SearchInstances.Distillation(id)) is { SerializedCustomStatus: not null } labels
            ? labels.ReadCustomStatusAs<DistillationStatus>()?.Spending ?? [] : [];
    }

    /// <summary>The request of a search; null where there is none.</summary>
    public async Task<SearchRequest?> TryRequestAsync(string id, CancellationToken cancellationToken)
    {
        if (_requests.TryGetValue(id, out var known)) return known;
        try
        {
            var request = await files.RequestAsync(id, cancellationToken);
            if (_requests.Count >= MostKept) _requests.Clear();
            return _requests[id] = request;
        }
        catch (ArtifactNotFoundException)
        {
            return null;
        }
    }

    // Its callers may give up; the rows are for all of them.
    private async Task<IReadOnlyList<SearchSummary>> ReadAsync(HubLook look)
    {
        var searches = look.Instances.Values.Where(i => i.Name == nameof(SearchOrchestrator)).ToList();
        var rows = new SearchSummary?[searches.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce };
        await Parallel.ForAsync(0, rows.Length, parallel, async (i, token) =>
        {
            var search = searches[i];
            if (await TryRequestAsync(search.InstanceId, token) is not { } request) return;
            rows[i] = SummaryOf.Search(
                search, request, look.Instances.GetValueOrDefault(SearchInstances.Run(search.InstanceId, RunKind.Requested)),
                look.Instances.GetValueOrDefault(SearchInstances.Distillation(search.InstanceId)), time.GetUtcNow());
        });
        return [.. rows.OfType<SearchSummary>().OrderByDescending(r => r.Started).ThenBy(r => r.Id, StringComparer.Ordinal)];
    }
}
