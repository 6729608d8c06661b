using System.Collections.Concurrent;
using System.Text.Json;
using HsNas.Contracts;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using HsNas.Predictors.LanguageModels;

namespace HsNas.Llm.Labelling;

/// <summary>
/// Append-only answers, keyed by prompt, model, version, sample index and settings: the same question is never paid for twice,
/// and a distillation can be replayed without the model.
/// </summary>
public sealed class LabelLedger(IArtifactStore store)
{
    private readonly ConcurrentDictionary<string, Task> _open = new(StringComparer.Ordinal);

    /// <summary>The answer bought earlier; null where there is none.</summary>
    public Task<LedgerEntry?> TryGetAsync(string key, CancellationToken cancellationToken) =>
        store.TryReadJsonAsync<LedgerEntry>(BlobLayout.LedgerEntry(key), cancellationToken);

    /// <summary>
    /// The answer to a question: as bought earlier, or as <paramref name="buy"/> buys it now; null where that gives none. A
    /// second caller with the same question at the same time waits for that answer instead of paying for another one.
    /// </summary>
    public async Task<(LedgerEntry? Entry, bool Bought)> GetOrBuyAsync(
        string key, Func<Task<LedgerEntry?>> buy, CancellationToken cancellationToken)
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
                if (await TryGetAsync(key, cancellationToken) is { } known)
                {
                    LlmTelemetry.LedgerHit();
                    return (known, false);
                }

                // A paid answer is kept even if the caller has cancelled meanwhile.
                return await buy() is { } bought ? (await AddAsync(bought, CancellationToken.None), true) : (null, false);
            }
            finally
            {
                _open.TryRemove(key, out _);
                mine.SetResult();
            }
        }
    }

    /// <summary>Adds an answer under its key. Where another process stored one first, that one stands and is returned.</summary>
    public async Task<LedgerEntry> AddAsync(LedgerEntry entry, CancellationToken cancellationToken)
    {
        LlmTelemetry.Bought(entry.Model, entry.Usage, entry.Usd);
        var path = BlobLayout.LedgerEntry(entry.Key);
        return await store.TryCreateAsync(path, JsonSerializer.SerializeToUtf8Bytes(entry, Json.Options), cancellationToken)
            ? entry
            : await store.ReadJsonAsync<LedgerEntry>(path, cancellationToken);
    }
}
