using System.Text.Json;

namespace HsNas.Contracts.Requests;

/// <summary>What the bodies of all requests have in common: how long and deep they may be, and how their faults are told.</summary>
internal static class RequestDocument
{
    // A small request full of faults must not make a large answer.
    private const int MostErrors = 50;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8 };

    /// <summary>Reads a body's object; fields that <paramref name="read"/> does not ask for are refused. The faults, none where it is as it should be.</summary>
    public static IReadOnlyList<FieldError> Read(ReadOnlyMemory<byte> json, Action<FieldReader> read)
    {
        if (json.Length > SearchRequestReader.MaxBytes) return [SearchRequestReader.TooLong(json.Length)];
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            var errors = new List<FieldError>();
            var reader = new FieldReader(document.RootElement, "", errors);
            read(reader);
            reader.RefuseUnknown();
            return errors.Count <= MostErrors ? errors : [.. errors.Take(MostErrors), new FieldError("$", $"has {errors.Count - MostErrors} more faults.")];
        }
        catch (JsonException)
        {
            return [JsonFault.Find(json.Span, Strict.MaxDepth)];
        }
    }
}
