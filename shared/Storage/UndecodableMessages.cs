using Azure.Storage.Queues;
using Azure.Storage.Queues.Specialized;

namespace HsNas.Storage;

/// <summary>
/// Messages that are not base64 go to the poison queue, as in the Functions host. Otherwise they would be delivered again and again.
/// </summary>
public static class UndecodableMessages
{
    /// <summary>Handles them for every client that is made with these options.</summary>
    public static void MoveToPoison(QueueClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.MessageDecodingFailed += async args =>
        {
            if (args.ReceivedMessage is not { } message) return;
            var poison = args.Queue.GetParentQueueServiceClient().GetQueueClient(args.Queue.Name + "-poison");
            await poison.CreateIfNotExistsAsync(cancellationToken: args.CancellationToken);
            await poison.SendMessageAsync(message.Body, cancellationToken: args.CancellationToken);
            await args.Queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, args.CancellationToken);
        };
    }
}
