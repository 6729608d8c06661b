using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace HsNas.Storage;

/// <summary>
/// Clients of the storage account that settings name: either a connection string (<c>AzureWebJobsStorage</c>; Azurite), or
/// identity with <c>AzureWebJobsStorage__blobServiceUri</c> and <c>AzureWebJobsStorage__queueServiceUri</c>.
/// </summary>
public sealed class StorageAccount
{
    private const string ConnectionSetting = "AzureWebJobsStorage";

    private readonly Func<string, string?> setting;

    /// <summary>An account described by settings; <paramref name="setting"/> looks one up by its name with ':' as separator.</summary>
    public StorageAccount(Func<string, string?> setting) => this.setting = setting;

    /// <summary>The account of a connection string.</summary>
    public static StorageAccount Of(string connectionString) => new(name => name == ConnectionSetting ? connectionString : null);

    /// <summary>Client of the blob service.</summary>
    /// <exception cref="InvalidOperationException">Neither form is configured.</exception>
    public BlobServiceClient CreateBlobs() => Connection is { } connection
        ? new BlobServiceClient(connection)
        : new BlobServiceClient(ServiceUri("blobServiceUri"), new DefaultAzureCredential());

    /// <summary>Client of the queue service; messages are base64, as the Functions host expects.</summary>
    /// <exception cref="InvalidOperationException">Neither form is configured.</exception>
    public QueueServiceClient CreateQueues()
    {
        var options = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };
        UndecodableMessages.MoveToPoison(options);
        return Connection is { } connection
            ? new QueueServiceClient(connection, options)
            : new QueueServiceClient(ServiceUri("queueServiceUri"), new DefaultAzureCredential(), options);
    }

    private string? Connection => setting(ConnectionSetting) is { Length: > 0 } value ? value : null;

    private Uri ServiceUri(string name) => Uri.TryCreate(setting($"{ConnectionSetting}:{name}"), UriKind.Absolute, out var uri)
        ? uri
        : throw new InvalidOperationException(
            $"Set AzureWebJobsStorage (a connection string), or AzureWebJobsStorage__{name} (a URI, with identity).");
}
