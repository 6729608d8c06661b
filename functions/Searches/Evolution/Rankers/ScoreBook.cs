using HsNas.Contracts;
using HsNas.Contracts.Stored;
using HsNas.Evolution.Racing;
using HsNas.Kernel.Stores;
using HsNas.Spaces;

namespace HsNas.Functions.Searches.Evolution.Rankers;

/// <summary>
/// Supernet losses. A run's own book holds every loss it used, and nobody else writes it, so a run never misses one that it
/// relied on. What all searches on one supernet share saves work only: where two write it at once, one may be lost.
/// </summary>
public sealed class ScoreBook(IArtifactStore store) : IDisposable
{
    private readonly SemaphoreSlim _sharing = new(1, 1);

    /// <summary>The run's own book.</summary>
    public Task<LossFile> OwnAsync(RunContext run, CancellationToken cancellationToken) => ReadAsync(OwnPath(run), cancellationToken);

    /// <summary>What all searches know of <paramref name="architectures"/>. Runs that are compared share nothing: neither may profit
    /// from losses that the other paid for.</summary>
    public async Task<LossFile> SharedAsync(RunContext run, IEnumerable<Architecture> architectures, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        var wanted = architectures.Select(a => a.Key).ToHashSet(StringComparer.Ordinal);
        if (run.Search.Plan.Compared || wanted.Count == 0) return LossFile.Empty;
        var shared = await ReadAsync(SharedPath(run), cancellationToken);
        return shared with { Records = [.. shared.Records.Where(r => wanted.Contains(r.Architecture.Key))] };
    }

    /// <summary>Enters losses; returns all of the run's book.</summary>
    public async Task<LossFile> AddAsync(RunContext run, LossFile losses, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(losses);
        var own = await MergeAsync(OwnPath(run), losses, cancellationToken);
        if (run.Search.Plan.Compared) return own;
        await _sharing.WaitAsync(cancellationToken);
        try
        {
            // A hint is what this search's predictor says; others have their own.
            var shared = losses with { Records = [.. losses.Records.Select(r => r with { Hint = null })] };
            await MergeAsync(SharedPath(run), shared, cancellationToken);
        }
        finally
        {
            _sharing.Release();
        }

        return own;
    }

    /// <inheritdoc/>
    public void Dispose() => _sharing.Dispose();

    private static BlobPath OwnPath(RunContext run) => BlobLayout.LossesFile(run.Input.SearchId, run.Run);

    private static BlobPath SharedPath(RunContext run) => BlobPath.Parse(run.Search.Plan.ScoreCache);

    private async Task<LossFile> ReadAsync(BlobPath path, CancellationToken cancellationToken) =>
        await store.TryReadJsonAsync<LossFile>(path, cancellationToken) ?? LossFile.Empty;

    private async Task<LossFile> MergeAsync(BlobPath path, LossFile losses, CancellationToken cancellationToken)
    {
        var all = (await ReadAsync(path, cancellationToken)).With(losses);
        await store.WriteJsonAsync(path, all, cancellationToken);
        return all;
    }
}
