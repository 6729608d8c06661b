using System.Net;
using System.Text.Json.Nodes;
using HsNas.Contracts.Supernets;
using HsNas.Evolution.Constraints;
using HsNas.Functions.Hosting.OpenApi;
using HsNas.Functions.Tests.Support;
using HsNas.FunctionsRuntime.Tests.Storage;
using Microsoft.OpenApi;
using OpenApiDocument = Microsoft.OpenApi.OpenApiDocument;

namespace HsNas.Functions.Tests.Routes;

/// <summary>The document at /api/openapi.json, read by Microsoft's reader and held against the app's triggers.</summary>
public sealed class OpenApiDocumentTests(Azurite azurite) : IClassFixture<Azurite>
{
    private const string Json = "application/json";
    private const string Problem = "application/problem+json";

    [Fact]
    public async Task The_app_serves_the_document_to_holders_of_a_key()
    {
        await using var app = await FunctionApp.StartAsync(azurite.ConnectionString, ("FunctionKeys:default", "secret"));
        var address = new Uri("/api/openapi.json", UriKind.Relative);
        using var refused = await app.Http.GetAsync(address);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);

        app.Http.DefaultRequestHeaders.Add("x-functions-key", "secret");
        using var answer = await app.Http.GetAsync(address);
        Assert.Equal(Json, answer.Content.Headers.ContentType?.MediaType);
        Assert.True(JsonNode.DeepEquals(Create(), JsonNode.Parse(await answer.Content.ReadAsStringAsync())));
    }

    [Fact]
    public void The_document_is_valid()
    {
        var (document, diagnostic) = OpenApiDocument.Parse(Create().ToJsonString(), "json");
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, diagnostic!.SpecificationVersion);
        Assert.Empty(diagnostic.Errors);
        Assert.Empty(diagnostic.Warnings);
        Assert.Empty(document!.Validate(ValidationRuleSet.GetDefaultRuleSet()));
    }

    [Fact]
    public void Every_route_is_in_the_document_and_no_other() => Assert.Equal(AppRoutes.All, Operations().Select(o => o.Route));

    [Fact]
    public void An_operation_needs_a_key_where_its_trigger_does() => Assert.Equal(
        AppRoutes.Open, Operations().Where(o => o.Operation.Security is not { Count: > 0 }).Select(o => o.Route));

    [Fact]
    public void Variable_parts_of_a_route_are_its_path_parameters() => Assert.All(Operations(), o => Assert.Equal(
        o.Route.Split('/').Where(p => p.StartsWith('{')).Select(p => p.Trim('{', '}')),
        o.Operation.Parameters?.Where(p => p.In == ParameterLocation.Path).Select(p => p.Name) ?? []));

    [Fact]
    public void Refusals_are_problems_unless_they_carry_an_answer_of_their_own()
    {
        string[] allowed = [Json, Problem];
        Assert.All(Operations(), o => Assert.All(Refusals(o.Operation), r => Assert.Contains(r.Content!.Keys.Single(), allowed)));
        var others = Operations().SelectMany(o => o.Operation.Responses!
            .Where(r => r.Key[0] is '4' or '5' && r.Value.Content?.ContainsKey(Json) == true).Select(r => $"{o.Route} {r.Key}"));
        Assert.Equal(["GET /api/health 503", "POST /api/predictors/{task}/redistil 409"], others);
    }

    [Fact]
    public void Every_operation_documents_the_answers_of_the_guard() => Assert.All(Operations(), o =>
    {
        var documented = o.Operation.Responses!.Keys;
        Assert.Superset(new HashSet<string> { "429", "500", "503", "default" }, documented.ToHashSet());
        Assert.Contains(documented, status => status[0] == '2');
    });

    [Fact]
    public void A_function_without_documentation_is_refused()
    {
        var route = new HttpRoute("get", "/api/undocumented", NeedsKey: true, typeof(Security.PublicGuarded).GetMethod("BodyAsync")!);
        var refused = Assert.Throws<InvalidOperationException>(() =>
            HsNas.Functions.Hosting.OpenApi.OpenApiDocument.Create(
                [route], RequestSchemas.Of(ConstraintSet.BuiltIn, SupernetKinds.BuiltIn), "1"));
        Assert.Contains("PublicGuarded.BodyAsync", refused.Message, StringComparison.Ordinal);
    }

    private static JsonObject Create() => HsNas.Functions.Hosting.OpenApi.OpenApiDocument.Create(
        HttpRoute.Of(typeof(HttpRoute).Assembly), RequestSchemas.Of(ConstraintSet.BuiltIn, SupernetKinds.BuiltIn), "0.1.0");

    private static IEnumerable<IOpenApiResponse> Refusals(OpenApiOperation operation) =>
        operation.Responses!.Where(r => r.Key is not "401" && r.Key[0] is '4' or '5' or 'd').Select(r => r.Value);

    private static IReadOnlyList<(string Route, OpenApiOperation Operation)> Operations() =>
    [
        .. OpenApiDocument.Parse(Create().ToJsonString(), "json").Document!.Paths
            .SelectMany(path => path.Value.Operations!.Select(o => (Route: $"{o.Key.Method} {path.Key}", o.Value)))
            .OrderBy(o => o.Route, StringComparer.Ordinal),
    ];
}
