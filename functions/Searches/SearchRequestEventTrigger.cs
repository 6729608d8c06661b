using System.Text.Json;
using HsNas.Contracts;
using HsNas.Kernel.Stores;
using HsNas.Kernel.Validation;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Searches;

/// <summary>
/// Is told of blobs in <c>search-requests</c> by Event Grid, which puts its events into a queue. Where nobody looks into containers
/// (Flex Consumption), this is how searches come by blob.
/// </summary>
public sealed class SearchRequestEventTrigger(DroppedRequests requests, IArtifactStore store)
{
    /// <summary>Starts the search or explains why not. A blob that is gone by now, or is none of ours, is let go.</summary>
    /// <exception cref="DataFormatException">The message is no event; it goes to the poison queue after five tries.</exception>
    [Function(nameof(SearchRequestEventTrigger))]
    public async Task RunAsync(
        [QueueTrigger(BlobLayout.RequestEventQueue)] string message, [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        if (BlobLayout.NameOfRequest(SubjectOf(message)) is not { } name) return;
        if (await store.TryReadAsync(BlobLayout.Request(name), cancellationToken) is not { } content) return;
        using var blob = new MemoryStream(content);
        await requests.StartAsync(client, name, blob, cancellationToken);
    }

    // Event Grid's own form and CloudEvents have it in the same place.
    private static string SubjectOf(string message)
    {
        try
        {
            using var document = JsonDocument.Parse(message);
            if (document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("subject", out var subject)
                && subject.ValueKind == JsonValueKind.String) return subject.GetString()!;
        }
        catch (JsonException)
        {
            // As one without a subject.
        }

        throw new DataFormatException("message", "subject", message, "an event of Event Grid with a text as its subject");
    }
}
