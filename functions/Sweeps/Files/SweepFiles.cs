using System.Collections.Concurrent;
using System.Text.Json;
using HsNas.Contracts;
using HsNas.Contracts.Sweeps;
using HsNas.Kernel;
using HsNas.Kernel.Stores;

namespace HsNas.Functions.Sweeps.Files;

/// <summary>
/// The blobs of sweeps, typed. None of them is ever changed, so each is read once and then known. Safe for concurrent use.
/// </summary>
public sealed class SweepFiles(IArtifactStore store)
{
    private const int MostKept = 20_000;
    private const int ReadsAtOnce = 16;

    private readonly ConcurrentDictionary<BlobPath, object> _known = new();

    /// <summary>What a sweep is; null where there is none of that id.</summary>
    public Task<SweepDefinition?> TryGetAsync(string sweep, CancellationToken cancellationToken) =>
        TryReadAsync<SweepDefinition>(BlobLayout.SweepFile(sweep), cancellationToken);

    /// <summary>Stores what a sweep is, unless it is there.</summary>
    public Task CreateAsync(string sweep, SweepDefinition definition, CancellationToken cancellationToken) =>
        TryCreateAsync(BlobLayout.SweepFile(sweep), definition, cancellationToken);

    /// <summary>What the log says now.</summary>
    public async Task<SweepState> StateAsync(string sweep, CancellationToken cancellationToken)
    {
        var entries = new List<SweepEntry>();
        // Numbers have no gaps, because an entry is written only where the one before is there.
        while (await TryReadAsync<SweepEntry>(BlobLayout.SweepEntry(sweep, entries.Count), cancellationToken) is { } entry)
            entries.Add(entry);
        return new SweepState(entries);
    }

    /// <summary>Writes the log's entry of a number; false, and nothing is changed, where there is one.</summary>
    public Task<bool> TryAppendAsync(string sweep, int number, SweepEntry entry, CancellationToken cancellationToken) =>
        TryCreateAsync(BlobLayout.SweepEntry(sweep, number), entry, cancellationToken);

    /// <summary>The log's entry of a number; null where there is none.</summary>
    public Task<SweepEntry?> TryGetEntryAsync(string sweep, int number, CancellationToken cancellationToken) =>
        TryReadAsync<SweepEntry>(BlobLayout.SweepEntry(sweep, number), cancellationToken);

    /// <summary>Stores how a row ended in a run, unless that is known.</summary>
    public Task RecordAsync(string sweep, SweepOutcome outcome, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return TryCreateAsync(BlobLayout.SweepOutcome(sweep, outcome.Run, outcome.Search), outcome, cancellationToken);
    }

    /// <summary>How rows ended, all runs in order.</summary>
    public async Task<IReadOnlyList<SweepOutcome>> OutcomesAsync(string sweep, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var name in store.ListAsync(BlobLayout.Sweeps, BlobLayout.SweepOutcomes(sweep), cancellationToken)) names.Add(name);
        var outcomes = new SweepOutcome[names.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, names.Count, parallel, async (i, token) =>
        {
            var path = new BlobPath(BlobLayout.Sweeps, names[i]);
            outcomes[i] = await TryReadAsync<SweepOutcome>(path, token) ?? throw new ArtifactNotFoundException(path);
        });
        return outcomes;
    }

    private async Task<T?> TryReadAsync<T>(BlobPath path, CancellationToken cancellationToken)
        where T : class
    {
        if (_known.TryGetValue(path, out var known)) return (T)known;
        var read = await store.TryReadJsonAsync<T>(path, cancellationToken);
        if (read is null) return null;
        if (_known.Count >= MostKept) _known.Clear();
        _known[path] = read;
        return read;
    }

    private Task<bool> TryCreateAsync<T>(BlobPath path, T value, CancellationToken cancellationToken) =>
        store.TryCreateAsync(path, JsonSerializer.SerializeToUtf8Bytes(value, Json.Options), cancellationToken);
}
