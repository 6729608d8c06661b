using System.Text.Json.Nodes;

namespace HsNas.Contracts.Requests;

/// <summary>JSON schemas of request bodies, as OpenAPI documents hold them.</summary>
public static class RequestSchema
{
    /// <summary>The schema of an object with <paramref name="fields"/> and no others.</summary>
    public static JsonObject Of(IReadOnlyList<RequestField> fields)
    {
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(fields.Select(f => KeyValuePair.Create(f.Name, (JsonNode?)OfField(f)))),
            ["additionalProperties"] = false,
        };
        JsonNode?[] required = [.. fields.Where(f => f.IsRequired).Select(f => JsonValue.Create(f.Name))];
        if (required.Length > 0) schema["required"] = new JsonArray(required);
        return schema;
    }

    private static readonly string[] WordTypes = ["string"];
    private static readonly string[] NullTypes = ["null"];

    private static JsonObject OfField(RequestField field)
    {
        var schema = field.Kind == FieldKind.Group ? Of(field.Fields) : new JsonObject();
        string[] types = [TypeOf(field), .. field.Word is null ? [] : WordTypes, .. field.IsNullable ? NullTypes : []];
        schema["type"] = types.Length == 1 ? types[0] : new JsonArray([.. types.Select(t => JsonValue.Create(t))]);
        schema["description"] = field.Meaning;
        var isList = field.Kind == FieldKind.List;
        var choices = new JsonArray([.. field.Choices.Select(c => JsonValue.Create(c))]);
        if (isList)
        {
            schema["items"] = new JsonObject { ["type"] = "string", ["enum"] = choices };
            schema["uniqueItems"] = true;
        }
        else if (choices.Count > 0) schema["enum"] = choices;

        Set(isList ? "minItems" : "minimum", field.Least);
        Set("exclusiveMinimum", field.Above);
        Set(isList ? "maxItems" : "maximum", field.Most);
        Set("exclusiveMaximum", field.Below);
        Set("pattern", field.Pattern ?? (field.Word is null ? null : $"^{field.Word}$"));
        Set("default", field.Default);
        return schema;

        void Set(string keyword, object? value)
        {
            if (value is not null) schema[keyword] = JsonValue.Create(value);
        }
    }

    private static string TypeOf(RequestField field) => field.Kind switch
    {
        FieldKind.WholeNumber => "integer",
        FieldKind.Number => "number",
        FieldKind.Flag => "boolean",
        FieldKind.List => "array",
        FieldKind.Group => "object",
        _ => "string",
    };
}
