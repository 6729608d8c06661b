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

    /// <summary>Fixes a search's context, unless one is fixed.</summary>
    /// <returns>The hash of the context in force.</returns>
    public async Task<string> FixAsync(string searchId, StoredContext context, CancellationToken cancellationToken)
    {
        var blob = JsonSerializer.SerializeToUtf8Bytes(context, Json.Options);
        return await store.TryCreateAsync(BlobLayout.ContextFile(searchId), blob, cancellationToken)
            ? HashOf(blob)
            : await TryGetHashAsync(searchId, cancellationToken) ?? throw new ArtifactNotFoundException(BlobLayout.ContextFile(searchId));
    }

    /// <summary>The hash of a search's context; null before it is fixed.</summary>
    public async Task<string?> TryGetHashAsync(string searchId, CancellationToken cancellationToken) =>
        await store.TryReadAsync(BlobLayout.ContextFile(searchId), cancellationToken) is { } blob ? HashOf(blob) : null;

    private SearchContext Keep(string hash, byte[] blob)
    {
        var context = new SearchContext(JsonSerializer.Deserialize<StoredContext>(blob, Json.Options)!, constraints);
        if (_known.Count >= MostKept) _known.Clear();
        return _known[hash] = context;
    }

    private static string HashOf(byte[] blob) => Convert.ToHexStringLower(SHA256.HashData(blob));
}
