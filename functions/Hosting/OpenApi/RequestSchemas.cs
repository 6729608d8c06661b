using System.Text.Json.Nodes;
using HsNas.Contracts.Requests;
using HsNas.Contracts.Supernets;
using HsNas.Contracts.Sweeps;
using HsNas.Evolution.Constraints;

namespace HsNas.Functions.Hosting.OpenApi;

/// <summary>Schemas of request bodies, made from the same fields that their readers check.</summary>
internal static class RequestSchemas
{
    /// <summary>A schema for each type of request.</summary>
    /// <param name="constraints">What a search may limit.</param>
    /// <param name="kinds">Which supernets a search may use.</param>
    public static IReadOnlyDictionary<Type, JsonObject> Of(ConstraintSet constraints, SupernetKinds kinds) =>
        new Dictionary<Type, JsonObject>
    {
        [typeof(SearchRequest)] = RequestSchema.Of(SearchFields.All(constraints, kinds)),
        [typeof(RedistillationRequest)] = RequestSchema.Of(RedistillationRequest.Fields),
        [typeof(SelectionRequest)] = RequestSchema.Of(SelectionRequest.Fields),
        [typeof(SweepRequest)] = SweepSchema.Of(SweepFields.All, constraints, kinds),
        [typeof(SweepRowsRequest)] = SweepSchema.Of(SweepFields.OfRows, constraints, kinds),
    };
}
