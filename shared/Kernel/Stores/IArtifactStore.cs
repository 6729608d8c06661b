namespace HsNas.Kernel.Stores;

/// <summary>
/// Blobs as the domain sees them. Implementations are safe for concurrent use; a write is seen whole or not at all.
/// </summary>
public interface IArtifactStore
{
    /// <summary>The blob's bytes; null where there is none.</summary>
    Task<byte[]?> TryReadAsync(BlobPath path, CancellationToken cancellationToken = default);

    /// <summary>Whether the blob exists.</summary>
    Task<bool> ExistsAsync(BlobPath path, CancellationToken cancellationToken = default);

    /// <summary>Writes the blob, replacing what was there.</summary>
    Task WriteAsync(BlobPath path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default);

    /// <summary>Writes the blob only where none is; false, and nothing changed, where one exists.</summary>
    Task<bool> TryCreateAsync(BlobPath path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default);

    /// <summary>Removes the blob; nothing happens where there is none.</summary>
    Task DeleteAsync(BlobPath path, CancellationToken cancellationToken = default);

    /// <summary>
    /// Names in a container that start with <paramref name="prefix"/>, in ordinal order; empty where the container does not exist.
    /// </summary>
    IAsyncEnumerable<string> ListAsync(string container, string prefix, CancellationToken cancellationToken = default);
}
