using System.Collections.Concurrent;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Azure.Functions.Worker.Triggers;

/// <summary>Storage clients by the names of their connection settings.</summary>
internal sealed class StorageClients(IConfiguration configuration, HostSettings settings)
{
    private const string DefaultConnection = "AzureWebJobsStorage";

    private readonly ConcurrentDictionary<string, QueueClient> queues = new();
    private readonly ConcurrentDictionary<string, BlobContainerClient> containers = new();

    internal QueueClient Queue(string? connection, string name) => queues.GetOrAdd($"{connection}/{name}", _ => new QueueClient(
        ConnectionString(connection), name, QueueOptions(connection)));

    internal BlobContainerClient Container(string? connection, string name) =>
        containers.GetOrAdd($"{connection}/{name}", _ => new BlobContainerClient(ConnectionString(connection), name));

    internal static (string Container, string Blob) Split(string path)
    {
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? (path, string.Empty) : (path[..slash], path[(slash + 1)..]);
    }

    // A message that is not base64 goes to the poison queue at once. Otherwise it would block all messages that come with it.
    private QueueClientOptions QueueOptions(string? connection)
    {
        var options =
            new QueueClientOptions { MessageEncoding = settings.QueueBase64 ? QueueMessageEncoding.Base64 : QueueMessageEncoding.None };
        options.MessageDecodingFailed += async args =>
        {
            if (args.ReceivedMessage is not { } message)
            {
                return;
            }

            var poison = Queue(connection, args.Queue.Name + "-poison");
            await poison.CreateIfNotExistsAsync(cancellationToken: args.CancellationToken);
            await poison.SendMessageAsync(message.Body, cancellationToken: args.CancellationToken);
            await args.Queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, args.CancellationToken);
        };
        return options;
    }

    private string ConnectionString(string? connection)
    {
        var name = string.IsNullOrEmpty(connection) ? DefaultConnection : connection;
        return configuration[name] ?? configuration[$"AzureWebJobs{name}"] ?? configuration.GetConnectionString(name)
            ?? throw new InvalidOperationException($"The storage connection string '{name}' is not set.");
    }
}
