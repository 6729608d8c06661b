using System.Runtime.CompilerServices;
using System.Text.Json;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using HsNas.Kernel.Validation;
using HsNas.Predictors.LanguageModels;

namespace HsNas.Contracts.Stored;

/// <summary>A ledger as a file, one answer a line, so that it can be kept, moved and replayed elsewhere.</summary>
public static class LedgerFile
{
    /// <summary>Writes every answer of a store, in the order of keys; returns how many.</summary>
    public static async Task<int> ExportAsync(IArtifactStore store, TextWriter file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(file);
        var count = 0;
        await foreach (var name in store.ListAsync(BlobLayout.Ledger, "", cancellationToken))
        {
            var entry = await store.ReadJsonAsync<LedgerEntry>(new BlobPath(BlobLayout.Ledger, name), cancellationToken);
            await file.WriteLineAsync(JsonSerializer.Serialize(entry, Json.Options).AsMemory(), cancellationToken);
            count++;
        }

        return count;
    }

    /// <summary>Reads every line.</summary>
    /// <exception cref="DataFormatException">A line is no answer; names it.</exception>
    public static async IAsyncEnumerable<LedgerEntry> ReadAsync(
        TextReader file, string sourceName, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        for (var number = 1; await file.ReadLineAsync(cancellationToken) is { } line; number++)
            if (line.Length > 0) yield return Parse(line, sourceName, number);
    }

    /// <summary>
    /// Adds a file's answers to a store. All lines are read before the first is added, so a bad file changes nothing; an answer
    /// whose question the store has answered already is left out, since that one may have been used.
    /// </summary>
    /// <exception cref="DataFormatException">A line is no answer; names it.</exception>
    public static async Task<LedgerImport> ImportAsync(
        IArtifactStore store, TextReader file, string sourceName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        var entries = new List<LedgerEntry>();
        await foreach (var entry in ReadAsync(file, sourceName, cancellationToken)) entries.Add(entry);
        var (added, known, different) = (0, 0, 0);
        foreach (var entry in entries)
        {
            var path = BlobLayout.LedgerEntry(entry.Key);
            if (await store.TryCreateAsync(path, JsonSerializer.SerializeToUtf8Bytes(entry, Json.Options), cancellationToken)) added++;
            else if ((await store.ReadJsonAsync<LedgerEntry>(path, cancellationToken)).Answer == entry.Answer) known++;
            else different++;
        }

        return new LedgerImport(added, known, different);
    }

    private static LedgerEntry Parse(string line, string sourceName, int number)
    {
        try
        {
            var entry = JsonSerializer.Deserialize<LedgerEntry>(line, Json.Options) ?? throw new JsonException("null");
            return entry.Values.All(v => v.Value is null or (>= 0 and <= 100))
                ? entry
                : throw new DataFormatException(sourceName, "values", line, "BLEU from 0 to 100", number);
        }
        catch (JsonException e)
        {
            throw new DataFormatException(sourceName, e.Path ?? "$", line, "one answer of a ledger as JSON", number);
        }
    }
}

/// <summary>What an import did.</summary>
/// <param name="Added">Answers that are new.</param>
/// <param name="Known">Answers that were there.</param>
/// <param name="Different">Questions that were answered otherwise; the store's answers stand.</param>
public sealed record LedgerImport(int Added, int Known, int Different);
