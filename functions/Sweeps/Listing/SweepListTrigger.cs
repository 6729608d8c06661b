using HsNas.Contracts.Sweeps;
using HsNas.Functions.Hosting;
using HsNas.Functions.Hosting.OpenApi;
using HsNas.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Sweeps.Listing;

/// <summary>The list of sweeps.</summary>
public sealed class SweepListTrigger(SweepLister sweeps)
{
    private static readonly Dictionary<string, IReadOnlyList<string>> Filters = new(StringComparer.Ordinal);

    /// <summary>GET /api/sweeps: 200 with a page of <see cref="SweepList"/>, newest first; 400 for a query that is not valid.</summary>
    [Function("ListSweeps")]
    [Operation("Lists sweeps, newest first.")]
    [Parameter(PageQuery.TakeName, PageQuery.TakeMeaning, InQuery = true)]
    [Parameter(PageQuery.AfterName, PageQuery.AfterMeaning, InQuery = true)]
    [Answer(StatusCodes.Status200OK, "A page; \"next\" leads to the following one.", Body = typeof(SweepList))]
    [Answer(StatusCodes.Status400BadRequest, "The query is not valid; every faulty parameter is named.")]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "sweeps")] HttpRequest request,
        [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var (query, errors) = PageQuery.Read(request.Query, Filters);
        if (query is null) return Problems.Invalid(errors);
        var all = await sweeps.AllAsync(client, cancellationToken);
        var (page, next) = query.Of(all, i => new PageToken(i.CreatedAt, i.InstanceId));
        return Results.Json(new SweepList(await sweeps.RowsAsync(client, page, cancellationToken), next), Json.Options);
    }
}
