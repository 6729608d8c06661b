using System.Text.Json;
using System.Text.Json.Serialization;

namespace HsNas.Evolution;

/// <summary>Writes a window as an object with start and end, and <see cref="HybridSchedule.Auto"/> as a word.</summary>
internal sealed class HybridScheduleConverter : JsonConverter<HybridSchedule>
{
    /// <inheritdoc/>
    public override HybridSchedule Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var window = document.RootElement;
        if (window.ValueKind == JsonValueKind.String && window.GetString() == HybridSchedule.AutoWord) return HybridSchedule.Auto;
        if (window.ValueKind != JsonValueKind.Object) throw new JsonException($"A window must be an object or {HybridSchedule.AutoWord}.");
        return new HybridSchedule(window.GetProperty("start").GetInt32(), window.GetProperty("end").GetInt32());
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, HybridSchedule value, JsonSerializerOptions options)
    {
        if (value == HybridSchedule.Auto)
        {
            writer.WriteStringValue(HybridSchedule.AutoWord);
            return;
        }

        writer.WriteStartObject();
        writer.WriteNumber("start", value.Start);
        writer.WriteNumber("end", value.End);
        writer.WriteEndObject();
    }
}
