using System.Text.Json;
using HsNas.Kernel;
using HsNas.Predictors.LanguageModels;

namespace HsNas.Trials.Model;

/// <summary>What a chat completion request asks.</summary>
/// <param name="Model">Model asked.</param>
/// <param name="Prompt">Text of all messages.</param>
internal sealed record Question(string Model, string Prompt)
{
    /// <summary>Version that <c>Llm:ModelVersion</c> names where it is not set.</summary>
    private const string DefaultVersion = "1";

    /// <summary>The question of a body; null where it is none.</summary>
    public static Question? TryRead(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty) return null;
        try
        {
            using var json = JsonDocument.Parse(body);
            var texts = json.RootElement.GetProperty("messages").EnumerateArray().Select(m => TextOf(m.GetProperty("content")));
            return new Question(json.RootElement.GetProperty("model").GetString()!, string.Concat(texts));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>
    /// Where the first sample of its answer lies in the ledger; the in-context model always answers
    /// with a number, so there is no other.
    /// </summary>
    public string LedgerKey() => LedgerEntry.KeyOf(Hashing.Fingerprint(Prompt), Model, DefaultVersion, sample: 0, settings: "");

    private static string TextOf(JsonElement content) => content.ValueKind == JsonValueKind.Array
        ? string.Concat(content.EnumerateArray().Select(p => p.GetProperty("text").GetString()))
        : content.GetString()!;
}
