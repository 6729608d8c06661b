using System.Text.Json;

namespace HsNas.Functions.Tests.Histories;

/// <summary>Whether a payload still says all that a recorded one said. It may say more: an added field breaks nobody.</summary>
internal static class JsonSubset
{
    /// <summary>Where the first thing is that is missing or different; null where there is none.</summary>
    public static string? Fault(string? recorded, string? now) => Fault(Element(recorded), Element(now), "$");

    private static JsonElement Element(string? json) => JsonElement.Parse(json ?? "null");

    private static string? Fault(JsonElement recorded, JsonElement now, string path)
    {
        if (recorded.ValueKind == JsonValueKind.Object && now.ValueKind == JsonValueKind.Object)
        {
            return recorded.EnumerateObject().Select(p => now.TryGetProperty(p.Name, out var found)
                ? Fault(p.Value, found, $"{path}.{p.Name}")
                : p.Value.ValueKind == JsonValueKind.Null ? null : $"{path}.{p.Name} is missing").FirstOrDefault(f => f is not null);
        }

        if (recorded.ValueKind == JsonValueKind.Array && now.ValueKind == JsonValueKind.Array
            && recorded.GetArrayLength() == now.GetArrayLength())
        {
            return recorded.EnumerateArray().Zip(now.EnumerateArray()).Select((pair, i) => Fault(pair.First, pair.Second, $"{path}[{i}]"))
                .FirstOrDefault(f => f is not null);
        }

        return JsonElement.DeepEquals(recorded, now) ? null : $"{path} was {recorded.GetRawText()} and is {now.GetRawText()}";
    }
}
