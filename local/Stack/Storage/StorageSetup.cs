using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using HsNas.Contracts;
using HsNas.Storage;

namespace HsNas.Local.Stack.Storage;

/// <summary>Makes a storage account ready: containers, queues, data sets, seed architectures.</summary>
public sealed class StorageSetup
{
    private readonly BlobServiceClient _blobs;
    private readonly QueueServiceClient _queues;

    /// <summary>Set-up of the account of a connection string.</summary>
    public StorageSetup(string connectionString)
    {
        var account = StorageAccount.Of(connectionString);
        (_blobs, _queues) = (account.CreateBlobs(), account.CreateQueues());
    }

    /// <summary>Creates what <see cref="BlobLayout"/> names and does not exist.</summary>
    public async Task CreateContainersAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(BlobLayout.Containers.Select(c =>
            _blobs.GetBlobContainerClient(c).CreateIfNotExistsAsync(cancellationToken: cancellationToken)));
        await Task.WhenAll(
            BlobLayout.Queues.Select(q => _queues.GetQueueClient(q).CreateIfNotExistsAsync(cancellationToken: cancellationToken)));
    }

    /// <summary>Uploads prepared data sets and seed files that the account does not have in this form.</summary>
    /// <returns>What was uploaded, in words.</returns>
    public async Task<IReadOnlyList<string>> UploadAsync(string dataFolder, SeedFolders seeds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(seeds);
        var source = new DirectoryArtifactStore(dataFolder);
        var target = new BlobArtifactStore(_blobs);
        var uploaded = new List<string>();
        foreach (var task in await DatasetUpload.PreparedTasksAsync(source, cancellationToken))
            if (await DatasetUpload.CopyAsync(source, target, task, cancellationToken) is { } manifest)
                uploaded.Add($"data set {task} ({manifest.Hash})");
        foreach (var (task, file) in seeds.All())
        {
            await target.WriteAsync(BlobLayout.Seeds(task), await File.ReadAllBytesAsync(file, cancellationToken), cancellationToken);
            uploaded.Add($"seed architectures of {task}");
        }

        return uploaded;
    }
}
