using HsNas.Contracts;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Searches;

/// <summary>Sees blobs in <c>search-requests</c> by looking there now and then.</summary>
public sealed class SearchRequestBlobTrigger(DroppedRequests requests)
{
    /// <summary>Starts the search or explains why not.</summary>
    [Function(nameof(SearchRequestBlobTrigger))]
    public Task RunAsync(
        [BlobTrigger(BlobLayout.SearchRequests + "/{name}.json")] Stream blob, string name,
        [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        requests.StartAsync(client, name, blob, cancellationToken);
}
