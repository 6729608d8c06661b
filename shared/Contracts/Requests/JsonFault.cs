using System.Text.Json;

namespace HsNas.Contracts.Requests;

/// <summary>Where a text stops being JSON, or JSON that is shallow enough.</summary>
internal static class JsonFault
{
    /// <summary>
    /// The fault of a text that cannot be parsed with <paramref name="maxDepth"/>: nesting too deep by its field, all else by its
    /// position.
    /// </summary>
    public static FieldError Find(ReadOnlySpan<byte> json, int maxDepth)
    {
        // The reader's own limit is one below ours, so that the element that goes too deep can still be named.
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = maxDepth + 1 });
        var path = new List<string>();
        try
        {
            while (reader.Read())
            {
                var depth = reader.TokenType is JsonTokenType.PropertyName ? reader.CurrentDepth - 1 : reader.CurrentDepth;
                if (depth >= maxDepth && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    return new FieldError(Join(path), $"is nested too deep; at most {maxDepth} levels are allowed.");
                if (reader.TokenType != JsonTokenType.PropertyName) continue;
                path.RemoveRange(Math.Min(depth, path.Count), Math.Max(0, path.Count - depth));
                while (path.Count < depth) path.Add("[]");
                path.Add(JsonText.TryRead(ref reader, out var name) ? JsonText.Shorten(name) : JsonText.Unreadable);
            }
        }
        catch (JsonException e)
        {
            return new FieldError(
                "$", $"is not JSON (line {e.LineNumber + 1}, byte "
                    + $"{e.BytePositionInLine}{(path.Count == 0 ? "" : $", at or after {Join(path)}")}).");
        }

        return new FieldError("$", "is not JSON.");
    }

    private static string Join(List<string> path) =>
        path.Count == 0 ? "$" : string.Join('.', path).Replace(".[]", "[]", StringComparison.Ordinal);
}
