using HsNas.Kernel.Stores;

namespace HsNas.Functions.Tests.Histories;

/// <summary>A store whose first creation of a blob that is called so fails, as a network may.</summary>
internal sealed class OnceFailingStore(IArtifactStore inner, string name) : IArtifactStore
{
    private int _failures;

    public Task<byte[]?> TryReadAsync(BlobPath path, CancellationToken cancellationToken = default) =>
        inner.TryReadAsync(path, cancellationToken);

    public Task<bool> ExistsAsync(BlobPath path, CancellationToken cancellationToken = default) =>
        inner.ExistsAsync(path, cancellationToken);

    public Task WriteAsync(BlobPath path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(path, content, cancellationToken);

    public Task<bool> TryCreateAsync(BlobPath path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        path.Name.EndsWith(name, StringComparison.Ordinal) && Interlocked.Increment(ref _failures) == 1
            ? throw new IOException($"{path} could not be written.")
            : inner.TryCreateAsync(path, content, cancellationToken);

    public Task DeleteAsync(BlobPath path, CancellationToken cancellationToken = default) => inner.DeleteAsync(path, cancellationToken);

    public IAsyncEnumerable<string> ListAsync(string container, string prefix, CancellationToken cancellationToken = default) =>
        inner.ListAsync(container, prefix, cancellationToken);
}
