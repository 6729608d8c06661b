using System.Collections.Concurrent;
using System.Text.Json;
using HsNas.Shared.Messaging;

namespace HsNas.Functions.Llm;

/// <summary>
/// Append-only answers, keyed by prompt, model, version and sample index: the same question is never paid for twice, and a
/// distillation can be replayed without the model.
/// </summary>
internal sealed class LabelLedger(IArtifactStore store)
{
    private readonly ConcurrentDictionary<string, Task> _open = new(StringComparer.Ordinal);

    /// <summary>The key of a question.</summary>
    public static string Key(string prompt, LlmOptions options, int sample) =>
        BlobLayout.LedgerKey(prompt, options.Model, options.ModelVersion, options.Endpoint, sample);

    /// <summary>
    /// The answer to a question: as bought earlier, or as <paramref name="buy"/> buys it now. Whoever asks the same at the same
    /// time in this process waits for that answer instead of paying for a second one.
    /// </summary>
    public async Task<(LedgerEntry Entry, bool Bought)> GetOrBuyAsync(string key, Func<Task<LedgerEntry>> buy, CancellationToken cancellationToken)
    {
        while (true)
        {
            var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var owner = _open.GetOrAdd(key, mine.Task);
            if (owner != mine.Task)
            {
                await owner.WaitAsync(cancellationToken);
                continue;
            }

            try
            {
                return await store.TryReadJsonAsync<LedgerEntry>(BlobLayout.LedgerEntry(key), cancellationToken) is { } known
                    ? (known, false)
                    : (await AddAsync(key, await buy(), cancellationToken), true);
            }
            finally
            {
                _open.TryRemove(key, out _);
                mine.SetResult();
            }
        }
    }

    // Where another process stored an answer first, that one stands.
    private async Task<LedgerEntry> AddAsync(string key, LedgerEntry entry, CancellationToken cancellationToken)
    {
        var path = BlobLayout.LedgerEntry(key);
        return await store.TryCreateAsync(path, JsonSerializer.SerializeToUtf8Bytes(entry, Json.Options), cancellationToken)
            ? entry
            : await store.ReadJsonAsync<LedgerEntry>(path, cancellationToken);
    }
}
