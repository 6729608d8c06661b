using System.Text.Json;
using HsNas.Contracts.Requests;

namespace HsNas.Contracts.Sweeps;

/// <summary>Whether JSON can be copied field by field: no name twice in an object, and all text is Unicode.</summary>
internal static class JsonShape
{
    /// <summary>Reports each fault by its path and in words.</summary>
    public static void Check(JsonElement element, string path, Action<string, string> fault)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var names = new HashSet<string>(StringComparer.Ordinal);
                foreach (var property in element.EnumerateObject())
                {
                    if (!JsonText.TryRead(property, out var name)) fault(path, "holds a field whose name is not valid Unicode.");
                    else if (!names.Add(name)) fault($"{path}.{JsonText.Shorten(name)}", "is given twice.");
                    else Check(property.Value, $"{path}.{JsonText.Shorten(name)}", fault);
                }

                break;
            case JsonValueKind.Array:
                foreach (var (i, item) in element.EnumerateArray().Index()) Check(item, $"{path}[{i}]", fault);
                break;
            case JsonValueKind.String when !JsonText.TryRead(element, out _):
                fault(path, "is text that is not valid Unicode.");
                break;
        }
    }
}
