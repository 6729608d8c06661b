using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.Azure.Functions.Worker.Http;

namespace Microsoft.Azure.Functions.Worker.Triggers.Blob;

internal sealed class BlobTriggerData(BlobContainerClient container, string blob, Dictionary<string, object?> tokens) : TriggerData
{
    internal override IReadOnlyDictionary<string, object?> BindingData { get; } =
        new Dictionary<string, object?>(tokens, StringComparer.OrdinalIgnoreCase)
    {
        ["BlobTrigger"] = $"{container.Name}/{blob}",
        ["Uri"] = container.GetBlobClient(blob).Uri,
    };

    internal override async ValueTask<object?> ConvertAsync(LocalFunctionContext context, Type target) =>
        await BlobBinding.BindAsync(container, blob, target, context);
}

/// <summary>Makes what a parameter asks for of a blob.</summary>
internal static class BlobBinding
{
    internal static async Task<object?> BindAsync(BlobContainerClient container, string blob, Type target, LocalFunctionContext context)
    {
        if (target == typeof(BlobContainerClient))
        {
            return container;
        }

        if (target == typeof(BlockBlobClient))
        {
            return container.GetBlockBlobClient(blob);
        }

        if (target == typeof(AppendBlobClient))
        {
            return container.GetAppendBlobClient(blob);
        }

        if (target == typeof(PageBlobClient))
        {
            return container.GetPageBlobClient(blob);
        }

        if (target == typeof(BlobBaseClient))
        {
            return container.GetBlobBaseClient(blob);
        }

        var client = container.GetBlobClient(blob);
        if (target == typeof(BlobClient))
        {
            return client;
        }

        if (target == typeof(Stream))
        {
            return await client.OpenReadAsync(cancellationToken: context.CancellationToken);
        }

        var content = await client.DownloadContentAsync(context.CancellationToken);
        return Payload.Convert(content.Value.Content, target, HttpResponseDataExtensions.SerializerOf(context));
    }
}
