using HsNas.Contracts;
using HsNas.Contracts.Fronts;
using HsNas.Contracts.Requests;
using HsNas.Evolution.Constraints;
using HsNas.Functions.Hosting;
using HsNas.Functions.Hosting.OpenApi;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace HsNas.Functions.Searches;

/// <summary>Questions to the front of a finished search.</summary>
public sealed class FrontTrigger(IArtifactStore store, ConstraintSet constraints)
{
    private const string Limit = "The point must keep this limit; several together must all be kept.";

    /// <summary>
    /// GET /api/searches/{id}/front: <see cref="Front"/>; with limits in the query, as latencyMs=9, <see cref="FrontAnswer"/>. 404
    /// where there is no front, 400 for a query that is not valid.
    /// </summary>
    [Function("GetSearchFront")]
    [Operation("Gets the front of a finished search with objectives, or what it says to limits.")]
    [Parameter("id", "The search, as the answer to its request names it.")]
    [Parameter(ConstraintIds.LatencyMs, Limit, InQuery = true, IsNumber = true)]
    [Parameter(ConstraintIds.GFlops, Limit, InQuery = true, IsNumber = true)]
    [Parameter(ConstraintIds.GFlopsWithoutLastLayer, Limit, InQuery = true, IsNumber = true)]
    [Parameter(ConstraintIds.ParametersMillions, Limit, InQuery = true, IsNumber = true)]
    [Answer(StatusCodes.Status200OK, "What the front says to the limits; without any, the whole front.", Body = typeof(FrontAnswer))]
    [Answer(StatusCodes.Status400BadRequest, "The query is not valid; every faulty parameter is named.")]
    [Answer(StatusCodes.Status404NotFound, "There is no such search, it has no result yet, or it had no objectives.")]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "searches/{id}/front")] HttpRequest request,
        string id, CancellationToken cancellationToken)
    {
        var (limits, errors) = FrontQuery.Read(request.Query, constraints);
        if (errors.Count > 0) return Problems.Invalid(errors);
        if (!SearchStarter.IsId(id)) return Problems.NotFound(id);
        var result = await store.TryReadJsonAsync<SearchResult>(BlobLayout.ResultFile(id), cancellationToken);
        if (result?.Requested.Front is not { } front) return Problems.NotFound(id);
        return limits.Count == 0 ? Results.Json(front, Json.Options) : Results.Json(FrontReader.Read(front, limits), Json.Options);
    }
}
