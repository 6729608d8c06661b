using HsNas.Contracts.Requests;
using HsNas.Functions.Hosting;
using HsNas.Functions.Hosting.OpenApi;
using HsNas.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Searches.Listing;

/// <summary>The list of searches.</summary>
public sealed class SearchListTrigger(SearchLister searches)
{
    /// <summary>GET /api/searches: 200 with a page of <see cref="SearchList"/>, newest first; 400 for a query that is not valid.</summary>
    [Function("ListSearches")]
    [Operation("Lists searches, newest first.")]
    [Parameter(SearchFilter.Task, "Only searches of this task.", InQuery = true)]
    [Parameter(SearchFilter.State, "Only searches in this state, for example Running.", InQuery = true)]
    [Parameter(SearchFilter.Phase, "Only searches whose last stage is this one, for example verification.", InQuery = true)]
    [Parameter(PageQuery.TakeName, PageQuery.TakeMeaning, InQuery = true)]
    [Parameter(PageQuery.AfterName, PageQuery.AfterMeaning, InQuery = true)]
    [Answer(StatusCodes.Status200OK, "A page; \"next\" leads to the following one.", Body = typeof(SearchList))]
    [Answer(StatusCodes.Status400BadRequest, "The query is not valid; every faulty parameter is named.")]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "searches")] HttpRequest request,
        [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var (query, errors) = PageQuery.Read(request.Query, SearchFilter.Known);
        if (query is null) return Problems.Invalid(errors);
        var rows = SearchFilter.Apply(await searches.AllAsync(client, cancellationToken), query.Filters);
        var (page, next) = query.Of(rows, r => new PageToken(r.Started, r.Id));
        return Results.Json(new SearchList(page, next), Json.Options);
    }
}
