using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using HsNas.Contracts.Supernets;
using HsNas.Evolution.Constraints;
using HsNas.Functions.Hosting.OpenApi;

namespace HsNas.Functions.Tests.Schemas;

/// <summary>JSON Schema of a form, with what the doc comments of its type say.</summary>
internal static class SchemaWriter
{
    private static readonly JsonSerializerOptions Dialect = CreateDialect();

    private static readonly JsonSchemaExporterOptions Exported =
        new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe };

    private static readonly JsonSchemaExporterOptions ExportedOpen = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = (context, schema) => HsNas.Functions.Hosting.OpenApi.Schemas.Open(Describe(context, schema)),
    };

    /// <summary>The schema of a form: a request's by the fields that its reader checks, any other as the serializer reads it.</summary>
    public static string Write(Contract contract, int version)
    {
        var schema = contract.Group == "requests"
            ? RequestSchemas.Of(ConstraintSet.BuiltIn, SupernetKinds.BuiltIn)[contract.Type].DeepClone().AsObject()
            : Dialect.GetJsonSchemaAsNode(contract.Type, contract.Group == "answers" ? ExportedOpen : Exported).AsObject();
        var whole = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = $"urn:hsnas:v{version}:{contract.Name}",
            ["title"] = contract.Type.Name,
        };
        foreach (var (name, value) in schema) whole[name] = value?.DeepClone();
        return whole.ToJsonString(Kernel.Json.Indented) + "\n";
    }

    private static JsonSerializerOptions CreateDialect()
    {
        var dialect = new JsonSerializerOptions(Kernel.Json.Options);
        dialect.MakeReadOnly(populateMissingResolver: true);
        return dialect;
    }

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        // The schema "true" of a type with a converter of its own.
        if (schema.GetValueKind() == JsonValueKind.True) schema = new JsonObject();
        // The exporter does not look at what takes the fields that nobody knows.
        if (context.TypeInfo.Properties.Any(p => p.IsExtensionData) && context.PropertyInfo is null)
            schema.AsObject().Remove("additionalProperties");
        var text = context.PropertyInfo?.AttributeProvider is PropertyInfo property
            ? XmlDocs.Of(property) : XmlDocs.Of(context.TypeInfo.Type);
        if (text is not null && schema is JsonObject described && !described.ContainsKey("description"))
            described.Insert(0, "description", text);
        return schema;
    }
}
