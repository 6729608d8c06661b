using System.Text;
using System.Text.Json;

namespace HsNas.Kernel.Stores;

/// <summary>JSON and text through an <see cref="IArtifactStore"/>.</summary>
public static class ArtifactStoreExtensions
{
    /// <summary>Reads a JSON blob; default where there is none.</summary>
    public static async Task<T?> TryReadJsonAsync<T>(
        this IArtifactStore store, BlobPath path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        return await store.TryReadAsync(path, cancellationToken) is { } bytes
            ? JsonSerializer.Deserialize<T>(bytes, Json.Options) : default;
    }

    /// <summary>Reads a JSON blob that must exist.</summary>
    /// <exception cref="ArtifactNotFoundException">There is none.</exception>
    public static async Task<T> ReadJsonAsync<T>(this IArtifactStore store, BlobPath path, CancellationToken cancellationToken = default) =>
        JsonSerializer.Deserialize<T>(await store.ReadAsync(path, cancellationToken), Json.Options)
        ?? throw new InvalidDataException($"Blob {path} holds null.");

    /// <summary>Reads a blob that must exist.</summary>
    /// <exception cref="ArtifactNotFoundException">There is none.</exception>
    public static async Task<byte[]> ReadAsync(this IArtifactStore store, BlobPath path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        return await store.TryReadAsync(path, cancellationToken) ?? throw new ArtifactNotFoundException(path);
    }

    /// <summary>Writes a value as JSON, replacing what was there.</summary>
    public static Task WriteJsonAsync<T>(this IArtifactStore store, BlobPath path, T value, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.WriteAsync(path, JsonSerializer.SerializeToUtf8Bytes(value, Json.Options), cancellationToken);
    }

    /// <summary>Writes UTF-8 text, replacing what was there.</summary>
    public static Task WriteTextAsync(this IArtifactStore store, BlobPath path, string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.WriteAsync(path, Encoding.UTF8.GetBytes(text), cancellationToken);
    }
}

/// <summary>A blob that must exist does not.</summary>
public sealed class ArtifactNotFoundException(BlobPath path) : IOException($"Blob {path} does not exist.")
{
    /// <summary>The missing blob.</summary>
    public BlobPath Path { get; } = path;
}
