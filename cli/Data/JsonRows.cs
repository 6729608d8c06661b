using System.Text.Json;
using System.Text.Json.Serialization;

namespace HsNas.Cli.Data;

/// <summary>Files of one JSON object a line, with the names of TFS-Eval: snake case, and null left out.</summary>
internal static class JsonRows
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Rows as lines, each with its line feed.</summary>
    public static string Write<T>(IEnumerable<T> rows) => string.Concat(rows.Select(r => JsonSerializer.Serialize(r, Options) + "\n"));

    /// <summary>The row of a line.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static T Read<T>(string line) => JsonSerializer.Deserialize<T>(line, Options)!;
}
