using HsNas.Contracts;
using HsNas.Contracts.Requests;
using HsNas.Functions.Hosting;
using HsNas.Functions.Hosting.OpenApi;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Searches;

/// <summary>The HTTP interface of searches.</summary>
public sealed class SearchTriggers(SearchStarter starter, SearchStatusReader statuses, SearchCanceller canceller, IArtifactStore store)
{
    private const string SearchId = "The search, as the answer to its request names it.";
    private const string NoSearch = "There is no such search.";

    /// <summary>
    /// POST /api/searches: 202 with id and links, 400 problem+json naming every fault. Header Idempotency-Key makes a repeated
    /// request answer with the search it started first.
    /// </summary>
    [Function("SubmitSearch")]
    [Operation("Starts a search.", Request = typeof(SearchRequest))]
    [Parameter(IdempotencyKey.Header, "Names the request: if it is repeated with the same key, it gets the search that it started first.")]
    [Answer(StatusCodes.Status202Accepted, "The search is started; its id is the one in the links.", Body = typeof(Started))]
    [Answer(StatusCodes.Status400BadRequest, "The request is not valid; every faulty field is named.")]
    public async Task<IResult> SubmitAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "searches")] HttpRequest request,
        [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (await RequestBody.TryReadAsync(request, cancellationToken) is not { } body)
            return Problems.Invalid([SearchRequestReader.TooLong(request.ContentLength!.Value)]);
        var (key, fault) = IdempotencyKey.Read(request);
        if (fault is not null) return Problems.Invalid([fault]);
        var started = await starter.StartAsync(client, body, key, cancellationToken);
        if (started.Errors.Count > 0) return Problems.Invalid(started.Errors);
        var links = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["self"] = $"/api/searches/{started.Id}",
            ["durable"] = $"/runtime/webhooks/durabletask/instances/{started.Id}",
            ["cancel"] = $"/api/searches/{started.Id}/cancel",
        };
        return Acceptance.Of(request.HttpContext.Response, new Started(started.Id, links));
    }

    /// <summary>GET /api/searches/{id}: 200 with <see cref="SearchStatus"/>, 404 where there is none.</summary>
    [Function("GetSearch")]
    [Operation("Tells how far a search is.")]
    [Parameter("id", SearchId)]
    [Answer(StatusCodes.Status200OK, "Status and stages.", Body = typeof(SearchStatus))]
    [Answer(StatusCodes.Status404NotFound, NoSearch)]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "searches/{id}")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        SearchStarter.IsId(id) && await statuses.TryReadAsync(client, id, cancellationToken) is { } status
            ? Results.Json(status, Json.Options)
            : Problems.NotFound(id);

    /// <summary>POST /api/searches/{id}/cancel: 202; 404 where there is none, 410 where it is over.</summary>
    [Function("CancelSearch")]
    [Operation("Cancels a search.")]
    [Parameter("id", SearchId)]
    [Answer(StatusCodes.Status202Accepted, "The search is being cancelled.")]
    [Answer(StatusCodes.Status404NotFound, NoSearch)]
    [Answer(StatusCodes.Status410Gone, "The search is over.")]
    public async Task<IResult> CancelAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "searches/{id}/cancel")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (!SearchStarter.IsId(id)) return Problems.NotFound(id);
        var instance = await client.GetInstanceAsync(id, cancellationToken);
        if (instance is null || instance.Name != nameof(SearchOrchestrator)) return Problems.NotFound(id);
        if (instance.IsCompleted) return Problems.Gone(id, instance.RuntimeStatus.ToString());
        await canceller.CancelAsync(client, id, cancellationToken);
        return Acceptance.Of(request.HttpContext.Response, $"/api/searches/{id}");
    }

    /// <summary>GET /api/searches/{id}/result: the result as JSON; 404 before it is there.</summary>
    [Function("GetSearchResult")]
    [Operation("Gets the result of a finished search.")]
    [Parameter("id", SearchId)]
    [Answer(StatusCodes.Status200OK, "The result.", Body = typeof(SearchResult))]
    [Answer(StatusCodes.Status404NotFound, "There is no such search, or it has no result yet.")]
    public Task<IResult> ResultAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "searches/{id}/result")] HttpRequest request,
        string id, CancellationToken cancellationToken) =>
        FileAsync(id, BlobLayout.ResultFile, "application/json", cancellationToken);

    /// <summary>GET /api/searches/{id}/report: the report as a self-contained page; 404 before it is there.</summary>
    [Function("GetSearchReport")]
    [Operation("Gets the report of a finished search.")]
    [Parameter("id", SearchId)]
    [Answer(StatusCodes.Status200OK, "The report as a self-contained page.", ContentType = "text/html")]
    [Answer(StatusCodes.Status404NotFound, "There is no such search, or it has no report yet.")]
    public Task<IResult> ReportAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "searches/{id}/report")] HttpRequest request,
        string id, CancellationToken cancellationToken) =>
        FileAsync(id, BlobLayout.ReportFile, "text/html; charset=utf-8", cancellationToken);

    private async Task<IResult> FileAsync(string id, Func<string, BlobPath> file, string contentType, CancellationToken cancellationToken)
    {
        if (!SearchStarter.IsId(id)) return Problems.NotFound(id);
        // The official worker also sends the result to the host as JSON: a file of many megabytes would cost twice its size here.
        return await store.TryReadAsync(file(id), cancellationToken) is { } bytes
            ? Results.Bytes(bytes, contentType)
            : Problems.NotFound(id);
    }
}
