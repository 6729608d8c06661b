using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using HsNas.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace HsNas.Functions.Hosting.OpenApi;

/// <summary>
/// The schemas of a document, one for each type. Answers are described as the serializer writes them, so a property that is
/// added to a type is in its schema. What requests may hold is given, because their readers are stricter than the serializer.
/// </summary>
/// <param name="requests">Schemas of request bodies.</param>
internal sealed class Schemas(IReadOnlyDictionary<Type, JsonObject> requests)
{
    private static readonly JsonSchemaExporterOptions Exported = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = (_, schema) => Open(schema),
    };

    private readonly SortedDictionary<string, JsonNode?> _all = new(StringComparer.Ordinal);

    /// <summary>A reference to the schema of a type, which becomes part of the document.</summary>
    public JsonObject Reference(Type type)
    {
        if (!_all.ContainsKey(type.Name))
            _all[type.Name] = requests.TryGetValue(type, out var given) ? given.DeepClone() : Export(type);
        return new JsonObject { ["$ref"] = $"#/components/schemas/{type.Name}" };
    }

    /// <summary>A reference to the schema of problems.</summary>
    public JsonObject Problem() => Reference(typeof(HttpValidationProblemDetails));

    /// <summary>All schemas that were referred to, by name.</summary>
    public JsonObject ToJson() => new(_all.Select(s => KeyValuePair.Create(s.Key, s.Value?.DeepClone())));

    /// <summary>The schema of an answer, to which later versions may add: clients ignore what they do not know.</summary>
    internal static JsonNode Open(JsonNode schema)
    {
        // The schema "true" of a type with a converter of its own: many readers of OpenAPI know the equal {} only.
        if (schema.GetValueKind() == JsonValueKind.True) return new JsonObject();
        if (schema is JsonObject whole && whole["additionalProperties"]?.GetValueKind() == JsonValueKind.False)
            whole.Remove("additionalProperties");
        return schema;
    }

    private static JsonNode Export(Type type)
    {
        // Problems have a form of their own, which ASP.NET Core writes.
        var options = typeof(ProblemDetails).IsAssignableFrom(type) ? JsonSerializerOptions.Web : Json.Options;
        options.MakeReadOnly(populateMissingResolver: true);
        return options.GetJsonSchemaAsNode(type, Exported);
    }
}
