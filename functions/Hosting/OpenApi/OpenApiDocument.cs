using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace HsNas.Functions.Hosting.OpenApi;

/// <summary>
/// The OpenAPI 3.1 document of an assembly's routes, made from their triggers and from the attributes of this namespace. It is made of JSON
/// nodes: the serializer exports schemas as nodes, and a model of the standard between the two would add nothing.
/// </summary>
internal sealed class OpenApiDocument
{
    private const string Json = "application/json";
    private const string Problem = "application/problem+json";
    private const string Key = "key";

    // Answers of the guard around all functions, and of the host.
    private static readonly AnswerAttribute[] OfAll =
    [
        new(StatusCodes.Status429TooManyRequests, "Too many requests with this key; header Retry-After says how long to wait."),
        new(StatusCodes.Status500InternalServerError, "A defect of the app; the detail holds the id under which the log knows it."),
        new(StatusCodes.Status503ServiceUnavailable, "Storage does not answer; header Retry-After says how long to wait."),
    ];

    private readonly Schemas _schemas;

    private OpenApiDocument(Schemas schemas) => _schemas = schemas;

    /// <summary>Makes the document.</summary>
    /// <param name="routes">The routes; each function has an <see cref="OperationAttribute"/>.</param>
    /// <param name="requests">Schemas of the request bodies that the functions name.</param>
    /// <param name="version">Version of the app.</param>
    /// <exception cref="InvalidOperationException">A function has no <see cref="OperationAttribute"/>.</exception>
    public static JsonObject Create(
        IEnumerable<HttpRoute> routes, IReadOnlyDictionary<Type, JsonObject> requests, string version)
    {
        var schemas = new Schemas(requests);
        var document = new OpenApiDocument(schemas);
        var paths = Object(routes.GroupBy(r => r.Path, StringComparer.Ordinal)
            .Select(path => (path.Key, Object(path.Select(r => (r.Verb, document.Operation(r)))))));
        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "HsNas", ["version"] = version, ["license"] = new JsonObject { ["name"] = "MIT" },
            },
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas.ToJson(),
                ["securitySchemes"] = new JsonObject
                {
                    [Key] = new JsonObject
                    {
                        ["type"] = "apiKey",
                        ["in"] = "header",
                        ["name"] = "x-functions-key",
                        ["description"] = "A function key or a host key.",
                    },
                },
            },
        };
    }

    private JsonObject Operation(HttpRoute route)
    {
        var about = route.Function.GetCustomAttribute<OperationAttribute>()
            ?? throw new InvalidOperationException(
                $"{route.Function.DeclaringType}.{route.Function.Name} has no {nameof(OperationAttribute)}.");
        var operation = new JsonObject
        {
            ["operationId"] = route.Function.GetCustomAttribute<Microsoft.Azure.Functions.Worker.FunctionAttribute>()!.Name,
            ["summary"] = about.Summary,
        };
        if (Parameters(route) is { Count: > 0 } parameters) operation["parameters"] = parameters;
        if (about.Request is { } body)
        {
            operation["requestBody"] = new JsonObject
            {
                ["required"] = !about.RequestIsOptional, ["content"] = Content(Json, _schemas.Reference(body)),
            };
        }

        operation["responses"] = Answers(route);
        operation["security"] = route.NeedsKey ? new JsonArray(new JsonObject { [Key] = new JsonArray() }) : new JsonArray();
        return operation;
    }

    private static JsonArray Parameters(HttpRoute route)
    {
        var variables = route.Variables.ToHashSet(StringComparer.Ordinal);
        return [.. route.Function.GetCustomAttributes<ParameterAttribute>().Select(p => new JsonObject
        {
            ["name"] = p.Name,
            ["in"] = variables.Contains(p.Name) ? "path" : p.InQuery ? "query" : "header",
            ["required"] = variables.Contains(p.Name),
            ["description"] = p.Description,
            ["schema"] = new JsonObject { ["type"] = p.IsNumber ? "number" : "string" },
        })];
    }

    private JsonObject Answers(HttpRoute route)
    {
        var own = route.Function.GetCustomAttributes<AnswerAttribute>().ToList();
        var all = own.Concat(OfAll.Where(a => own.All(o => o.Status != a.Status))).OrderBy(a => a.Status);
        var answers = Object(all.Select(a => (a.Status.ToString(CultureInfo.InvariantCulture), Answer(a))));
        if (route.NeedsKey) answers["401"] = new JsonObject { ["description"] = "The key is missing or wrong; there is no body." };
        answers["default"] = Answer(new AnswerAttribute(StatusCodes.Status400BadRequest, "Any other refusal."));
        return answers;
    }

    private JsonObject Answer(AnswerAttribute answer)
    {
        var described = new JsonObject { ["description"] = answer.Description };
        if (answer.ContentType is { } other) described["content"] = Content(other, new JsonObject { ["type"] = "string" });
        else if (answer.Body is { } body) described["content"] = Content(Json, _schemas.Reference(body));
        else if (answer.IsRefusal) described["content"] = Content(Problem, _schemas.Problem());
        return described;
    }

    private static JsonObject Object(IEnumerable<(string Name, JsonObject Value)> fields) =>
        new(fields.Select(f => KeyValuePair.Create<string, JsonNode?>(f.Name, f.Value)));

    private static JsonObject Content(string type, JsonObject schema) => new() { [type] = new JsonObject { ["schema"] = schema } };
}
