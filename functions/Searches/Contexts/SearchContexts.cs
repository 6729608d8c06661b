using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using HsNas.Contracts;
using HsNas.Evolution.Constraints;
using HsNas.Functions.Searches.Files;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using HsNas.Kernel.Validation;

namespace HsNas.Functions.Searches.Contexts;

/// <summary>
/// The contexts of searches. A context is written once and never changed, so a process reads it once and then knows it by its
/// hash. Safe for concurrent use.
/// </summary>
public sealed class SearchContexts(IArtifactStore store, ConstraintSet constraints)
{
    // A context holds two small models, a few megabytes at most. Reading one again costs one blob.
    private const int MostKept = 100;

    private readonly ConcurrentDictionary<string, SearchContext> _known = new(StringComparer.Ordinal);

    /// <summary>The context that was fixed for a search.</summary>
    /// <exception cref="ArtifactNotFoundException">The blob is gone.</exception>
    /// <exception cref="DataFormatException">The blob is not the one that was fixed.</exception>
    public async Task<SearchContext> GetAsync(SearchInput search, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(search);
        if (_known.TryGetValue(search.Context, out var known)) return known;
        var path = BlobLayout.ContextFile(search.SearchId);
        var blob = await store.ReadAsync(path, cancellationToken);
        if (HashOf(blob) != search.Context) throw new DataFormatException(path.ToString(), "hash", HashOf(blob), search.Context);
        return Keep(search.Context, blob);
    }

    /// <summary>The context that a search was given, for looking at it; null where none is fixed yet.</summary>
    public async Task<SearchContext?> TryGetAsync(string searchId, CancellationToken cancellationToken)
    {
        if (await store.TryReadAsync(BlobLayout.ContextFile(searchId), cancellationToken) is not { } blob) return null;
        var hash = HashOf(blob);
        return _known.TryGetValue(hash, out var known) ? known : Keep(hash, blob);
    }

    /// <summary>Fixes a search's context, unless one is fixed.</summary>
    /// <param name="searchId">The search.</param>
    /// <param name="collect">Gives what is to be fixed; not called where a context is there.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The context in force and its hash.</returns>
    public async Task<(string Hash, SearchContext Context)> FixAsync(
        string searchId, Func<Task<StoredContext>> collect, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(collect);
        var path = BlobLayout.ContextFile(searchId);
        var blob = await store.TryReadAsync(path, cancellationToken);
        if (blob is null)
        {
            blob = JsonSerializer.SerializeToUtf8Bytes(await collect(), Json.Options);
            // Where the same activity runs twice at once, the first to write decides.
            if (!await store.TryCreateAsync(path, blob, cancellationToken)) blob = await store.ReadAsync(path, cancellationToken);
        }

        var hash = HashOf(blob);
        return (hash, Keep(hash, blob));
    }

    private SearchContext Keep(string hash, byte[] blob)
    {
        var context = new SearchContext(JsonSerializer.Deserialize<StoredContext>(blob, Json.Options)!, constraints);
        if (_known.Count >= MostKept) _known.Clear();
        return _known[hash] = context;
    }

    private static string HashOf(byte[] blob) => Convert.ToHexStringLower(SHA256.HashData(blob));
}
