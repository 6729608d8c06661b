using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using HsNas.Kernel.Stores;

namespace HsNas.Storage;

/// <summary>Blobs in a storage account. A missing container is created by the first write.</summary>
public sealed class BlobArtifactStore(BlobServiceClient service) : IArtifactStore
{
    /// <inheritdoc/>
    public async Task<byte[]?> TryReadAsync(BlobPath path, CancellationToken cancellationToken = default)
    {
        try
        {
            var download = await Client(path).DownloadContentAsync(cancellationToken);
            return download.Value.Content.ToArray();
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<bool> ExistsAsync(BlobPath path, CancellationToken cancellationToken = default) =>
        await Client(path).ExistsAsync(cancellationToken);

    /// <inheritdoc/>
    public Task WriteAsync(BlobPath path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        UploadAsync(path, content, new BlobUploadOptions(), cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> TryCreateAsync(BlobPath path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        try
        {
            var onlyNew = new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
            await UploadAsync(path, content, onlyNew, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public Task DeleteAsync(BlobPath path, CancellationToken cancellationToken = default) =>
        Client(path).DeleteIfExistsAsync(cancellationToken: cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ListAsync(
        string container, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var client = service.GetBlobContainerClient(container);
        if (!await client.ExistsAsync(cancellationToken)) yield break;
        await foreach (var blob in client.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellationToken))
            yield return blob.Name;
    }

    private BlobClient Client(BlobPath path) => service.GetBlobContainerClient(path.Container).GetBlobClient(path.Name);

    private async Task UploadAsync(
        BlobPath path, ReadOnlyMemory<byte> content, BlobUploadOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await Client(path).UploadAsync(BinaryData.FromBytes(content), options, cancellationToken);
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            await service.GetBlobContainerClient(path.Container).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            await Client(path).UploadAsync(BinaryData.FromBytes(content), options, cancellationToken);
        }
    }
}
