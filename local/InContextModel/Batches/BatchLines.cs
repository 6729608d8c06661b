using System.Text;
using System.Text.Json;
using HsNas.Local.InContextModel.Chat;

namespace HsNas.Local.InContextModel.Batches;

/// <summary>Reads input files.</summary>
internal static class BatchLines
{
    /// <summary>The lines; or what is wrong with the file, and then none is answered.</summary>
    public static (IReadOnlyList<BatchLine> Lines, IReadOnlyList<BatchError> Errors) Read(byte[] content)
    {
        List<BatchLine> lines = [];
        List<BatchError> errors = [];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (text, index) in Encoding.UTF8.GetString(content).Split('\n').Select((t, i) => (t.TrimEnd('\r'), i)))
        {
            if (text.Length == 0) continue;
            if (TryRead(text) is not { } line)
                errors.Add(new BatchError("invalid_json_line", "This line is not parseable as a request.", index + 1));
            else if (line is not { Method: "POST", Url: BatchRunner.Endpoint, Body.ValueKind: JsonValueKind.Object })
                errors.Add(
                    new BatchError("invalid_request", $"A line needs method POST, url {BatchRunner.Endpoint} and a body.", index + 1));
            else if (string.IsNullOrEmpty(line.CustomId) || !seen.Add(line.CustomId))
                errors.Add(new BatchError("duplicate_custom_id", "Every line needs a custom_id of its own.", index + 1));
            else lines.Add(line);
        }

        if (lines.Count + errors.Count == 0) errors.Add(new BatchError("empty_file", "The file holds no requests.", null));
        return (lines, errors);
    }

    private static BatchLine? TryRead(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<BatchLine>(text, ChatReply.Form);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
