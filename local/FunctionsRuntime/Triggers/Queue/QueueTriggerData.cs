using System.Text.Json;
using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.Azure.Functions.Worker.Http;

namespace Microsoft.Azure.Functions.Worker.Triggers.Queue;

internal sealed class QueueTriggerData(QueueMessage message) : TriggerData
{
    internal override IReadOnlyDictionary<string, object?> BindingData { get; } = Describe(message);

    internal override ValueTask<object?> ConvertAsync(LocalFunctionContext context, Type target) => new(
        target == typeof(QueueMessage)
            ? message
            : Payload.Convert(message.Body, target, HttpResponseDataExtensions.SerializerOf(context)));

    private static Dictionary<string, object?> Describe(QueueMessage message)
    {
        var data = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        var text = message.Body.ToString();
        foreach (var (name, value) in Properties(text))
        {
            data[name] = value;
        }

        data["QueueTrigger"] = text;
        data["Id"] = message.MessageId;
        data["PopReceipt"] = message.PopReceipt;
        data["DequeueCount"] = message.DequeueCount;
        data["InsertionTime"] = message.InsertedOn;
        data["ExpirationTime"] = message.ExpiresOn;
        data["NextVisibleTime"] = message.NextVisibleOn;
        return data;
    }

    /// <summary>A JSON object's own properties serve binding expressions.</summary>
    private static List<(string Name, string Value)> Properties(string text)
    {
        if (!text.TrimStart().StartsWith('{'))
        {
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.EnumerateObject().Select(property => (property.Name, property.Value.ToString())).ToList();
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
