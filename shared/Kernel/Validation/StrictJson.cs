using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace HsNas.Kernel.Validation;

/// <summary>
/// Reads records from JSON without forgiving anything: unknown, missing and repeated fields, wrong types and values
/// that do not fit are errors that name the field by its path. Comments and trailing commas are not JSON.
/// </summary>
public static class StrictJson
{
    /// <summary>camelCase names, as every file of this project is written.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        PropertyNameCaseInsensitive = false,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict,
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>Builds the caller's own kind of error: field path, value found, what is allowed.</summary>
    public delegate InvalidInputException ErrorFactory(string field, string value, string allowed);

    /// <summary>Reads one record of type <typeparamref name="T"/>, whose settable properties are the fields.</summary>
    /// <param name="json">The text of one JSON object.</param>
    /// <param name="error">Builds the error to throw.</param>
    /// <exception cref="InvalidInputException">Thrown, as built by <paramref name="error"/>, at the first problem.</exception>
    public static T Read<T>(string json, ErrorFactory error)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            Check(document.RootElement, typeof(T), path: "", error);
            return document.RootElement.Deserialize<T>(Options)!;
        }
        catch (JsonException e)
        {
            throw error(e.Path ?? "$", $"not readable (line {e.LineNumber + 1}, byte {e.BytePositionInLine})", "one JSON object");
        }
        catch (InvalidOperationException)
        {
            // How System.Text.Json reports escapes that are no Unicode text.
            throw error("$", "text that is not valid Unicode", "Unicode text");
        }
    }

    private static void Check(JsonElement element, Type type, string path, ErrorFactory error)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            if (element.ValueKind != JsonValueKind.Null)
            {
                Check(element, inner, path, error);
            }
        }
        else if (type == typeof(string))
        {
            Demand(element.ValueKind == JsonValueKind.String, "a string");
        }
        else if (type == typeof(bool))
        {
            Demand(element.ValueKind is JsonValueKind.True or JsonValueKind.False, "true or false");
        }
        else if (type == typeof(int))
        {
            Demand(element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out _), "a whole number of 32 bits");
        }
        else if (type == typeof(double))
        {
            Demand(element.ValueKind == JsonValueKind.Number && double.IsFinite(element.GetDouble()), "a finite number");
        }
        else if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
        {
            Demand(element.ValueKind == JsonValueKind.Array, "a list");
            var index = 0;
            foreach (var item in element.EnumerateArray())
            {
                Check(item, type.GetGenericArguments()[0], $"{path}[{index++}]", error);
            }
        }
        else
        {
            CheckObject(element, type, path, error);
        }

        void Demand(bool holds, string allowed)
        {
            if (!holds)
            {
                throw error(path, element.GetRawText(), allowed);
            }
        }
    }

    private static void CheckObject(JsonElement element, Type type, string path, ErrorFactory error)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw error(path.Length == 0 ? "$" : path, element.GetRawText(), "an object");
        }

        var fields = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanWrite)
            .ToDictionary(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name), StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            var here = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            if (!fields.TryGetValue(property.Name, out var field))
            {
                throw error(here, "unknown", $"one of the fields {string.Join(", ", fields.Keys)}");
            }

            if (!seen.Add(property.Name))
            {
                throw error(here, "given twice", "every field at most once");
            }

            // A nullable record is an optional one; value types carry their own Nullable<T>.
            var optional = !field.PropertyType.IsValueType && !field.IsDefined(typeof(RequiredMemberAttribute));
            if (!(optional && property.Value.ValueKind == JsonValueKind.Null))
            {
                Check(property.Value, field.PropertyType, here, error);
            }
        }

        foreach (var (name, field) in fields)
        {
            if (field.IsDefined(typeof(RequiredMemberAttribute)) && !seen.Contains(name))
            {
                throw error(path.Length == 0 ? name : $"{path}.{name}", "missing", "it to be given");
            }
        }
    }
}
