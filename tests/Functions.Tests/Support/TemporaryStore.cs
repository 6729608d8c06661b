using HsNas.Kernel.Stores;
using HsNas.Storage;

namespace HsNas.Functions.Tests.Support;

/// <summary>A real store of blobs in a folder that goes with the test.</summary>
internal sealed class TemporaryStore : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"hsnas-store-{Guid.NewGuid():N}");

    public TemporaryStore() => Store = new DirectoryArtifactStore(_folder);

    public IArtifactStore Store { get; }

    public async Task<int> CountAsync(string container)
    {
        var count = 0;
        await foreach (var _ in Store.ListAsync(container, "")) count++;
        return count;
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }
}
