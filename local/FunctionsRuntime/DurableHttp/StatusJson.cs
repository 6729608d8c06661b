using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker.Orchestrations;

namespace Microsoft.Azure.Functions.Worker.DurableHttp;

/// <summary>Writes instances as the durable HTTP interface shows them: its names, its order.</summary>
internal static class StatusJson
{
    private static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static byte[] Write(Action<Utf8JsonWriter> content)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Format))
        {
            content(writer);
        }

        return buffer.ToArray();
    }

    internal static void WriteInstance(
        Utf8JsonWriter json, InstanceRecord instance, bool showInput, IReadOnlyList<HistoryEntry>? history = null, bool showOutputs = false)
    {
        json.WriteStartObject();
        json.WriteString("name", instance.Name);
        json.WriteString("instanceId", instance.Id);
        json.WriteString("runtimeStatus", instance.Status.ToString());
        WriteRaw(json, "input", showInput ? instance.Input : null);
        WriteRaw(json, "customStatus", instance.CustomStatus);
        WriteRaw(json, "output", instance.Output);
        json.WriteString("createdTime", Seconds(instance.CreatedAt));
        json.WriteString("lastUpdatedTime", Seconds(instance.UpdatedAt));
        if (history is not null)
        {
            json.WriteStartArray("historyEvents");
            HistoryJson.Write(json, history, showInput, showOutputs);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>JSON goes in as it is; anything else is a text.</summary>
    internal static void WriteRaw(Utf8JsonWriter json, string name, string? value)
    {
        json.WritePropertyName(name);
        if (value is null)
        {
            json.WriteNullValue();
            return;
        }

        try
        {
            using var document = JsonDocument.Parse(value);
            document.RootElement.WriteTo(json);
        }
        catch (JsonException)
        {
            json.WriteStringValue(value);
        }
    }

    private static string Seconds(DateTime time) =>
        time.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
}
