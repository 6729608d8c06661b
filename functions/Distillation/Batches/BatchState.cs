using System.Text.Json;

namespace HsNas.Functions.Distillation.Batches;

/// <summary>State of a provider's batch.</summary>
/// <param name="Id">The provider's id.</param>
/// <param name="Status">As the provider names it.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="OutputFileId">Answers; null where there are none.</param>
/// <param name="Total">Questions.</param>
/// <param name="Completed">Of these, answered.</param>
/// <param name="Failed">Of these, without an answer for good.</param>
/// <param name="Fingerprint">Ours, from its metadata; null on others' batches.</param>
public sealed record BatchState(
    string Id, string Status, DateTimeOffset CreatedAt, string? OutputFileId, int Total, int Completed, int Failed, string? Fingerprint)
{
    /// <summary>Whether nothing more will come of it.</summary>
    public bool Ended => Status is "completed" or "failed" or "expired" or "cancelled";

    /// <summary>Reads the official form.</summary>
    internal static BatchState Read(JsonElement batch) => new(
        batch.GetProperty("id").GetString()!,
        batch.GetProperty("status").GetString()!,
        DateTimeOffset.FromUnixTimeSeconds(batch.GetProperty("created_at").GetInt64()),
        String(batch, "output_file_id"),
        Count(batch, "total"),
        Count(batch, "completed"),
        Count(batch, "failed"),
        batch.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object
            ? String(metadata, "fingerprint") : null);

    private static string? String(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int Count(JsonElement batch, string name) =>
        batch.TryGetProperty("request_counts", out var counts) && counts.ValueKind == JsonValueKind.Object
        && counts.TryGetProperty(name, out var value) && value.TryGetInt32(out var count) ? count : 0;
}
