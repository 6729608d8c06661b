using System.Collections;
using Azure.Core.Serialization;
using Azure.Storage.Queues;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Azure.Functions.Worker.Triggers;

namespace Microsoft.Azure.Functions.Worker.Hosting;

/// <summary>Sends what a function returned to where its output bindings say.</summary>
internal sealed class OutputWriter(StorageClients storage, BindingExpressions expressions)
{
    internal async Task WriteAsync(LocalFunctionContext context, object? result)
    {
        foreach (var output in OutputBinding.Of(context.Function.Method))
        {
            if (output.Take(result) is not { } value)
            {
                continue;
            }

            var serializer = HttpResponseDataExtensions.SerializerOf(context);
            switch (output.Attribute)
            {
                case QueueOutputAttribute queue:
                    await SendAsync(storage.Queue(queue.Connection, expressions.Resolve(queue.QueueName, context)), value, serializer,
                        context.CancellationToken);
                    break;
                case BlobOutputAttribute blob:
                    var (container, name) = StorageClients.Split(expressions.Resolve(blob.BlobPath, context));
                    var client = storage.Container(blob.Connection, container);
                    await client.CreateIfNotExistsAsync(cancellationToken: context.CancellationToken);
                    await client.GetBlobClient(name).UploadAsync(Content(value, serializer), overwrite: true, context.CancellationToken);
                    break;
            }
        }
    }

    private static async Task SendAsync(QueueClient queue, object value, ObjectSerializer serializer, CancellationToken cancellation)
    {
        await queue.CreateIfNotExistsAsync(cancellationToken: cancellation);
        var messages = value is IEnumerable many and not (string or byte[] or BinaryData or IDictionary) ? many.Cast<object>() : [value];
        foreach (var message in messages)
        {
            await queue.SendMessageAsync(Content(message, serializer), cancellationToken: cancellation);
        }
    }

    private static BinaryData Content(object value, ObjectSerializer serializer) => value switch
    {
        string text => BinaryData.FromString(text),
        byte[] bytes => BinaryData.FromBytes(bytes),
        BinaryData data => data,
        _ => serializer.Serialize(value, value.GetType(), CancellationToken.None),
    };
}
