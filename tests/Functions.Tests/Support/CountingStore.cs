using System.Collections.Concurrent;
using HsNas.Kernel.Stores;

namespace HsNas.Functions.Tests.Support;

/// <summary>A store that notes every read and write before it passes it on.</summary>
internal sealed class CountingStore(IArtifactStore inner) : IArtifactStore
{
    private readonly ConcurrentQueue<string> _reads = new();
    private readonly ConcurrentQueue<string> _writes = new();

    /// <summary>Paths that were read or looked for, in order.</summary>
    public IReadOnlyCollection<string> Reads => _reads;

    /// <summary>Paths that were written or removed, in order.</summary>
    public IReadOnlyCollection<string> Writes => _writes;

    /// <summary>Forgets what was noted.</summary>
    public void Clear()
    {
        _reads.Clear();
        _writes.Clear();
    }

    public Task<byte[]?> TryReadAsync(BlobPath path, CancellationToken cancellationToken = default)
    {
        _reads.Enqueue(path.ToString());
        return inner.TryReadAsync(path, cancellationToken);
    }

    public Task<bool> ExistsAsync(BlobPath path, CancellationToken cancellationToken = default)
    {
        _reads.Enqueue(path.ToString());
        return inner.ExistsAsync(path, cancellationToken);
    }

    public Task WriteAsync(BlobPath path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        _writes.Enqueue(path.ToString());
        return inner.WriteAsync(path, content, cancellationToken);
    }

    public Task<bool> TryCreateAsync(BlobPath path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        _writes.Enqueue(path.ToString());
        return inner.TryCreateAsync(path, content, cancellationToken);
    }

    public Task DeleteAsync(BlobPath path, CancellationToken cancellationToken = default)
    {
        _writes.Enqueue(path.ToString());
        return inner.DeleteAsync(path, cancellationToken);
    }

    public IAsyncEnumerable<string> ListAsync(string container, string prefix, CancellationToken cancellationToken = default) =>
        inner.ListAsync(container, prefix, cancellationToken);
}
