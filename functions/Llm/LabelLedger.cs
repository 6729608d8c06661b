using System.Text.Json;
using HsNas.Shared.Messaging;

namespace HsNas.Functions.Llm;

/// <summary>
/// Append-only answers, keyed by prompt, model, version and sample index: the same question is never paid for twice, and a
/// distillation can be replayed without the model.
/// </summary>
internal sealed class LabelLedger(IArtifactStore store)
{
    /// <summary>The key of a question.</summary>
    public static string Key(string prompt, LlmOptions options, int sample) =>
        BlobLayout.Fingerprint(prompt, options.Model, options.ModelVersion, options.Endpoint, $"{sample}");

    /// <summary>The answer bought earlier; null where there is none.</summary>
    public Task<LedgerEntry?> TryGetAsync(string key, CancellationToken cancellationToken) =>
        store.TryReadJsonAsync<LedgerEntry>(BlobLayout.LedgerEntry(key), cancellationToken);

    /// <summary>Stores an answer; where another process stored one first, that one is returned and stands.</summary>
    public async Task<LedgerEntry> AddAsync(string key, LedgerEntry entry, CancellationToken cancellationToken)
    {
        var path = BlobLayout.LedgerEntry(key);
        return await store.TryCreateAsync(path, JsonSerializer.SerializeToUtf8Bytes(entry, Json.Options), cancellationToken)
            ? entry
            : await store.ReadJsonAsync<LedgerEntry>(path, cancellationToken);
    }
}
