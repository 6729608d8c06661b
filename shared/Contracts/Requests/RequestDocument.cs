using System.Text.Json;

namespace HsNas.Contracts.Requests;

/// <summary>What the bodies of all requests have in common: their greatest length and depth, and how their faults are reported.</summary>
internal static class RequestDocument
{
    // A small request full of faults must not make a large answer.
    private const int MostErrors = 50;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8 };

    /// <summary>Reads a body's object and gives its faults. Fields other than <paramref name="fields"/> are faults.</summary>
    public static IReadOnlyList<FieldError> Read(ReadOnlyMemory<byte> json, IReadOnlyList<RequestField> fields, Action<FieldReader> read)
    {
        if (json.Length > SearchRequestReader.MaxBytes) return [SearchRequestReader.TooLong(json.Length)];
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            var errors = new List<FieldError>();
            var reader = new FieldReader(document.RootElement, fields, "", errors);
            read(reader);
            reader.RefuseUnknown();
            if (errors.Count <= MostErrors) return errors;
            return [.. errors.Take(MostErrors), new FieldError("$", $"has {errors.Count - MostErrors} more faults.")];
        }
        catch (JsonException)
        {
            return [JsonFault.Find(json.Span, Strict.MaxDepth)];
        }
    }
}
