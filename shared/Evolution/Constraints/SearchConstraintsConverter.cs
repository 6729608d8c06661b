using System.Text.Json;
using System.Text.Json.Serialization;

namespace HsNas.Evolution.Constraints;

/// <summary>
/// Reads and writes limits as an object with a field a limit. Which ids there are is not checked here, so a stored request can
/// be read without the set of constraints it was made for; <see cref="ConstraintSet.Resolve"/> checks it.
/// </summary>
internal sealed class SearchConstraintsConverter : JsonConverter<SearchConstraints>
{
    /// <inheritdoc/>
    public override SearchConstraints Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        if (document.RootElement.ValueKind != JsonValueKind.Object) throw new JsonException("Limits must be an object.");
        return document.RootElement.EnumerateObject()
            .Aggregate(new SearchConstraints(), (limits, field) => limits.With(field.Name, Limit(field)));
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, SearchConstraints value, JsonSerializerOptions options)
    {
        // Built-in limits first, in the order that results always had; their flags are written where they are false, too.
        writer.WriteStartObject();
        foreach (var constraint in ConstraintSet.BuiltIn)
        {
            if (constraint.IsFlag) writer.WriteBoolean(constraint.Id, value[constraint.Id] is not null);
            else if (value[constraint.Id] is { } limit) writer.WriteNumber(constraint.Id, limit);
        }

        foreach (var (id, limit) in value.All.Where(l => ConstraintSet.BuiltIn.All(c => c.Id != l.Key)))
        {
            if (limit == SearchConstraints.FlagLimit) writer.WriteBoolean(id, value: true);
            else writer.WriteNumber(id, limit);
        }

        writer.WriteEndObject();
    }

    private static double? Limit(JsonProperty field) => field.Value.ValueKind switch
    {
        JsonValueKind.Number => field.Value.GetDouble(),
        JsonValueKind.True => SearchConstraints.FlagLimit,
        JsonValueKind.False or JsonValueKind.Null => null,
        _ => throw new JsonException($"The limit {field.Name} must be a number, true or false."),
    };
}
