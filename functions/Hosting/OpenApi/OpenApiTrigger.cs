using System.Text.Json.Nodes;
using HsNas.Contracts.Supernets;
using HsNas.Evolution.Constraints;
using HsNas.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace HsNas.Functions.Hosting.OpenApi;

/// <summary>Serves the OpenAPI document of this app.</summary>
public sealed class OpenApiTrigger(ConstraintSet constraints, SupernetKinds kinds)
{
    /// <summary>GET /api/openapi.json: the document of all routes of this app.</summary>
    [Function("OpenApi")]
    [Operation("Gets this document.")]
    [Answer(StatusCodes.Status200OK, "An OpenAPI 3.1 document.", Body = typeof(JsonObject))]
    public IResult Get([HttpTrigger(AuthorizationLevel.Function, "get", Route = "openapi.json")] HttpRequest request)
    {
        var app = typeof(OpenApiTrigger).Assembly;
        var version = app.GetName().Version!.ToString(fieldCount: 3);
        return Results.Json(OpenApiDocument.Create(HttpRoute.Of(app), RequestSchemas.Of(constraints, kinds), version), Json.Indented);
    }
}
