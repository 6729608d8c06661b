using HsNas.Contracts;
using HsNas.Kernel.Stores;

namespace HsNas.Functions.Searches.Evolution.Rankers;

/// <summary>
/// Supernet scores. A run's own book holds every score it used, and nobody else writes it, so a run never misses a score it
/// relied on. What all searches on one supernet share saves work only: where two write it at once, one may be lost.
/// </summary>
public sealed class ScoreBook(IArtifactStore store) : IDisposable
{
    private readonly SemaphoreSlim _sharing = new(1, 1);

    /// <summary>All scores in the run's book, after what others know of <paramref name="keys"/> was copied into it.</summary>
    public async Task<Dictionary<string, double>> LookUpAsync(RunContext run, IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        var own = await ReadAsync(OwnPath(run), cancellationToken);
        var unknown = keys.Where(k => !own.ContainsKey(k)).ToList();
        // Runs that are compared share nothing: neither may profit from scores that the other paid for.
        if (run.Search.Plan.Compared || unknown.Count == 0) return own;
        var shared = await ReadAsync(SharedPath(run), cancellationToken);
        var found = unknown.Where(shared.ContainsKey).ToList();
        foreach (var key in found) own.Add(key, shared[key]);
        if (found.Count > 0) await store.WriteJsonAsync(OwnPath(run), own, cancellationToken);
        return own;
    }

    /// <summary>Enters scores; returns all of the run's book.</summary>
    public async Task<Dictionary<string, double>> AddAsync(
        RunContext run, IReadOnlyDictionary<string, double> scores, CancellationToken cancellationToken)
    {
        var own = await MergeAsync(OwnPath(run), scores, cancellationToken);
        if (run.Search.Plan.Compared) return own;
        await _sharing.WaitAsync(cancellationToken);
        try
        {
            await MergeAsync(SharedPath(run), scores, cancellationToken);
        }
        finally
        {
            _sharing.Release();
        }

        return own;
    }

    /// <inheritdoc/>
    public void Dispose() => _sharing.Dispose();

    private static BlobPath OwnPath(RunContext run) => BlobLayout.ScoresFile(run.Input.SearchId, run.Run);

    private static BlobPath SharedPath(RunContext run) => BlobPath.Parse(run.Search.Plan.ScoreCache);

    private async Task<Dictionary<string, double>> ReadAsync(BlobPath path, CancellationToken cancellationToken) =>
        await store.TryReadJsonAsync<Dictionary<string, double>>(path, cancellationToken) ?? new(StringComparer.Ordinal);

    private async Task<Dictionary<string, double>> MergeAsync(
        BlobPath path, IReadOnlyDictionary<string, double> scores, CancellationToken cancellationToken)
    {
        var all = await ReadAsync(path, cancellationToken);
        foreach (var (key, score) in scores) all[key] = score;
        await store.WriteJsonAsync(path, all, cancellationToken);
        return all;
    }
}
