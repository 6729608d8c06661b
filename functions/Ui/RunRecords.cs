using System.Collections.Concurrent;
using HsNas.Contracts;
using HsNas.Contracts.Requests;
using HsNas.Contracts.Stored;
using HsNas.Dashboard.Models;
using HsNas.Evolution;
using HsNas.Functions.Searches.Contexts;
using HsNas.Functions.Searches.Evolution;
using HsNas.Kernel.Stores;

namespace HsNas.Functions.Ui;

/// <summary>What a search left behind so far, ready to be shown.</summary>
/// <param name="Generations">Generations that are in it.</param>
/// <param name="Trace">One entry a generation.</param>
/// <param name="Population">What was scored; null before anything was.</param>
/// <param name="Genes">What parents chose.</param>
/// <param name="Result">What it found; null before it is finished.</param>
public sealed record RunRecord(
    int Generations, IReadOnlyList<GenerationTrace> Trace, Population? Population, IReadOnlyList<GeneHistory> Genes, SearchResult? Result);

/// <summary>
/// Records of searches. States are never changed and losses change with a generation, so a record is made anew only when a generation
/// was ranked or the search has ended; then only what is new is read. Safe for concurrent use.
/// </summary>
public sealed class RunRecords(IArtifactStore store, SearchContexts contexts, Populations populations)
{
    private const int MostKept = 60;
    private const int ReadsAtOnce = 16;

    private readonly ConcurrentDictionary<string, Entry> _known = new(StringComparer.Ordinal);

    /// <summary>The record of a search.</summary>
    /// <param name="id">The search.</param>
    /// <param name="generations">Generations that were ranked.</param>
    /// <param name="isFinished">Whether it has a result.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<RunRecord> GetAsync(string id, int generations, bool isFinished, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(id, out var known) && known.Finished == isFinished && known.Record.Generations >= generations)
            return known.Record;
        var entry = await ReadAsync(id, generations, isFinished, known, cancellationToken);
        if (_known.Count >= MostKept) _known.Clear();
        _known[id] = entry;
        return entry.Record;
    }

    private async Task<Entry> ReadAsync(string id, int generations, bool isFinished, Entry? known, CancellationToken cancellationToken)
    {
        var result = isFinished
            ? await store.TryReadJsonAsync<SearchResult>(BlobLayout.ResultFile(id), cancellationToken) : null;
        if ((known?.Context ?? await contexts.TryGetAsync(id, cancellationToken)) is not { } context)
            return new Entry(new RunRecord(generations, result?.Requested.Trace ?? [], null, [], result), isFinished, null, []);
        var parents = new SortedDictionary<int, EvolutionState>(known?.States ?? []);
        var missing = Enumerable.Range(1, generations).Where(g => !parents.ContainsKey(g)).ToList();
        var read = new EvolutionState?[missing.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, read.Length, parallel, async (i, token) => read[i] = await store.TryReadJsonAsync<EvolutionState>(
            BlobLayout.StateFile(id, RunKind.Requested, missing[i] + 1), token));
        foreach (var state in read.OfType<EvolutionState>())
            parents[state.Finished ? state.Generation : state.Generation - 1] = Kept(state);
        var losses = await store.TryReadJsonAsync<LossFile>(BlobLayout.LossesFile(id, RunKind.Requested), cancellationToken);
        var trace = parents.Count == 0 ? [] : parents.Values.Last().Trace.ToList();
        var population = populations.Of(context, losses, result, known?.Record.Population);
        var record = new RunRecord(
            generations, result?.Requested.Trace ?? trace, population, GeneHistories.Of(context.Task.Space, parents), result);
        return new Entry(record, isFinished, context, parents);
    }

    // A page needs the parents and the trace: populations of hundreds of generations would fill the memory.
    private static EvolutionState Kept(EvolutionState state) => state with { Population = [], Archive = null };

    private sealed record Entry(RunRecord Record, bool Finished, SearchContext? Context, SortedDictionary<int, EvolutionState> States);
}
