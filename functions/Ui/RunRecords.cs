using System.Collections.Concurrent;
using HsNas.Contracts;
using HsNas.Contracts.Requests;
using HsNas.Contracts.Stored;
using HsNas.Dashboard.Models;
using HsNas.Evolution;
using HsNas.Evolution.Constraints;
using HsNas.Evolution.Racing;
using HsNas.Functions.Searches.Contexts;
using HsNas.Kernel.Stores;
using HsNas.Predictors;

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
public sealed class RunRecords(IArtifactStore store, SearchContexts contexts, ConstraintSet constraints)
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
        var population = PopulationOf(context, losses, result, known?.Record.Population);
        var record = new RunRecord(
            generations, result?.Requested.Trace ?? trace, population, GeneHistories.Of(context.Task.Space, parents), result);
        return new Entry(record, isFinished, context, parents);
    }

    // A page needs the parents and the trace: populations of hundreds of generations would fill the memory.
    private static EvolutionState Kept(EvolutionState state) => state with { Population = [], Archive = null };

    private Population? PopulationOf(SearchContext context, LossFile? losses, SearchResult? result, Population? known)
    {
        var finalists = result?.Requested.Finalists ?? [];
        var ranks = finalists.Select((f, i) => (f, i)).ToDictionary(f => f.f.Architecture.Key, f => f.i, StringComparer.Ordinal);
        var values = (known?.Candidates ?? []).ToDictionary(c => c.Architecture.Key, c => c.Values, StringComparer.Ordinal);
        var scope = new ConstraintContext(context.Task, context.Latency);
        var all = new List<Candidate>();
        foreach (var (number, record) in (losses?.Records ?? []).Index())
        {
            if (!losses!.IsComplete(record)) continue;
            var key = record.Architecture.Key;
            var computed = values.GetValueOrDefault(key) ?? ValuesOf(record.Architecture, scope);
            all.Add(new Candidate(number, record.Architecture, TotalLoss.Bits(record, losses.Blocks), computed));
        }

        if (all.Count > 0) return new Population(Metrics.ValidationLoss, false, [.. all.Select(c => Judged(c, ranks, finalists, result))]);
        if (finalists.Count == 0 || result!.Requested.Trace.Count == 0) return null;
        var last = result.Requested.Trace[^1];
        return new Population(last.Metric, last.Direction == MetricDirection.HigherIsBetter, [.. finalists.Select((f, i) => Judged(
            new Candidate(i, f.Architecture, f.Score, ValuesOf(f.Architecture, scope)), ranks, finalists, result))]);
    }

    private Dictionary<string, double> ValuesOf(Spaces.Architecture architecture, ConstraintContext scope) =>
        constraints.Where(c => !c.IsFlag && c.Missing(scope) is null)
            .ToDictionary(c => c.Id, c => c.Value(architecture, scope), StringComparer.Ordinal);

    private Candidate Judged(Candidate candidate, Dictionary<string, int> ranks, IReadOnlyList<Finalist> finalists, SearchResult? result)
    {
        if (!ranks.TryGetValue(candidate.Architecture.Key, out var rank)) return candidate;
        var finalist = finalists[rank];
        return candidate with
        {
            Role = result?.Requested.Winner?.Architecture == candidate.Architecture ? CandidateRole.Winner : CandidateRole.Finalist,
            Rank = rank + 1,
            Measured = constraints.Where(c => c.IsMeasured && finalist.Value(c) is not null)
                .ToDictionary(c => c.Id, c => finalist.Value(c)!.Value, StringComparer.Ordinal),
            Violations = finalist.Violations,
        };
    }

    private sealed record Entry(RunRecord Record, bool Finished, SearchContext? Context, SortedDictionary<int, EvolutionState> States);
}
