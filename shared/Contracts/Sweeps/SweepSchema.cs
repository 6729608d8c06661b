using System.Text.Json.Nodes;
using HsNas.Contracts.Requests;
using HsNas.Contracts.Supernets;
using HsNas.Evolution.Constraints;

namespace HsNas.Contracts.Sweeps;

/// <summary>JSON schemas of requests for sweeps: those of searches inside.</summary>
public static class SweepSchema
{
    /// <summary>The schema of a request.</summary>
    /// <param name="fields">Its fields: <see cref="SweepFields.All"/> or <see cref="SweepFields.OfRows"/>.</param>
    /// <param name="constraints">What searches may limit.</param>
    /// <param name="kinds">The supernets that they may use.</param>
    public static JsonObject Of(IReadOnlyList<RequestField> fields, ConstraintSet constraints, SupernetKinds kinds)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var schema = RequestSchema.Of(fields);
        var search = RequestSchema.Of(SearchFields.All(constraints, kinds));
        // What the common part lacks, the grid may give.
        search.Remove("required");
        Replace(SweepFields.Search, search);
        Replace(SweepFields.Grid, Grid(SweepFields.Axes(constraints, kinds).Values));
        return schema;

        void Replace(RequestField field, JsonObject by)
        {
            var properties = schema["properties"]!.AsObject();
            by["description"] = properties[field.Name]!["description"]!.DeepClone();
            properties[field.Name] = by;
        }
    }

    private static JsonObject Grid(IEnumerable<RequestField> axes) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject(axes.Select(a => KeyValuePair.Create(a.Path, (JsonNode?)Axis(a)))),
        ["minProperties"] = 1,
        ["additionalProperties"] = false,
    };

    private static JsonObject Axis(RequestField axis)
    {
        var value = RequestSchema.Of([axis])["properties"]![axis.Name]!.DeepClone().AsObject();
        value.Remove("default");
        return new JsonObject
        {
            ["type"] = "array",
            ["description"] = axis.Meaning,
            ["items"] = value,
            ["minItems"] = 1,
            ["maxItems"] = SweepFields.MostSearches,
            ["uniqueItems"] = true,
        };
    }
}
