using HsNas.Kernel.Stores;

namespace HsNas.EndToEnd.Tests.Support;

/// <summary>What tests ask of blobs.</summary>
internal static class Blobs
{
    /// <summary>Waits until a blob is there; its bytes.</summary>
    public static async Task<byte[]> UntilThereAsync(this IArtifactStore store, BlobPath path)
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            if (await store.TryReadAsync(path) is { } bytes) return bytes;
            await Task.Delay(50);
        }

        throw new TimeoutException($"{path} is not there after 30 seconds.");
    }

    public static async Task<int> CountAsync(this IArtifactStore store, string container)
    {
        var count = 0;
        await foreach (var _ in store.ListAsync(container, "")) count++;
        return count;
    }
}
