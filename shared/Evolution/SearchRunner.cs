using HsNas.Evolution.Constraints;
using HsNas.Evolution.Scores;
using HsNas.Kernel.Validation;
using HsNas.Predictors;
using HsNas.Spaces;

namespace HsNas.Evolution;

/// <summary>What an in-process search found.</summary>
/// <param name="Winner">The best architecture of the last scored population.</param>
/// <param name="Score">Its score.</param>
/// <param name="State">The finished state with trace and notices.</param>
/// <param name="PredictorCalls">Architectures the predictors were really asked about.</param>
public sealed record SearchResult(Architecture Winner, double Score, EvolutionState State, long PredictorCalls);

/// <summary>
/// Runs a whole search in this process, for tests, benchmarks and predictors that are at hand. The durable orchestration
/// makes the same calls to <see cref="EvolutionEngine"/> and so gets the same trace.
/// </summary>
public sealed class SearchRunner
{
    private readonly EvolutionEngine _engine;
    private readonly HybridSchedule _schedule;
    private readonly IPerformancePredictor? _distilled;
    private readonly IPerformancePredictor? _supernet;

    /// <summary>A runner of one search.</summary>
    /// <param name="task">The task.</param>
    /// <param name="options">Evolution settings.</param>
    /// <param name="feasibility">The limits; refused at once where they cannot be met.</param>
    /// <param name="schedule">Which generations <paramref name="distilled"/> ranks.</param>
    /// <param name="distilled">Needed where the schedule has a distilled window.</param>
    /// <param name="supernet">Needed where the schedule leaves a generation outside of it.</param>
    /// <exception cref="OptionException">An option is out of range, or a predictor that is needed is missing.</exception>
    public SearchRunner(
        TaskDefinition task, EvolutionOptions options, FeasibilityChecker feasibility, HybridSchedule schedule, IPerformancePredictor? distilled, IPerformancePredictor? supernet)
    {
        _engine = new EvolutionEngine(task, options, feasibility);
        _schedule = schedule.Validated(options.Iterations);
        var window = $"({schedule.Start}, {schedule.End}) of {options.Iterations}";
        if (schedule.Start > 0 && distilled is null)
        {
            throw new OptionException("schedule", window, "a distilled predictor, or the schedule (-1, -1)");
        }

        if (!schedule.CoversAll(options.Iterations) && supernet is null)
        {
            throw new OptionException("schedule", window, $"a supernet, or the schedule (1, {options.Iterations})");
        }

        feasibility.EnsurePossible();
        _distilled = distilled;
        _supernet = supernet;
    }

    /// <summary>Runs to the end.</summary>
    /// <param name="cache">Scores known already; null scores every candidate set in full.</param>
    /// <param name="parallelism">Batches scored side by side, at least 1. The result does not depend on it.</param>
    /// <param name="cancellationToken">Stops between generations and inside predictors.</param>
    public async Task<SearchResult> RunAsync(ScoreCache? cache = null, int parallelism = 1, CancellationToken cancellationToken = default)
    {
        long calls = 0;
        var replicates = _engine.Options.Replication?.ScoreEveryCandidate == true;
        var state = _engine.Start();
        while (!state.Finished)
        {
            var predictor = _schedule.IsDistilled(state.Generation) ? _distilled! : _supernet!;
            var candidates = _engine.Candidates(state);
            var known = cache is null || replicates ? null : cache;
            var before = known?.Misses ?? 0;
            var scores = await ScoreAsync(predictor, candidates.Architectures, known, parallelism, cancellationToken);
            calls += known is null ? candidates.Architectures.Count : known.Misses - before;
            state = _engine.Next(state, candidates.Expand(scores), predictor.Direction, predictor.Metric);
        }

        var best = state.Best!;
        return new SearchResult(_engine.Codec.Decode(best.Gene.AsSpan()), best.Score, state, calls);
    }

    private static async Task<double[]> ScoreAsync(
        IPerformancePredictor predictor, IReadOnlyList<Architecture> architectures, ScoreCache? cache, int parallelism, CancellationToken cancellationToken)
    {
        var size = Math.Max(1, (architectures.Count + parallelism - 1) / parallelism);
        var parts = await Task.WhenAll(architectures.Chunk(size).Select(chunk => Task.Run(() => ScorePartAsync(chunk), cancellationToken)));
        return [.. parts.SelectMany(p => p)];

        async Task<double[]> ScorePartAsync(Architecture[] chunk) => cache is not null
            ? await cache.ScoreAsync(predictor, chunk, cancellationToken)
            : [.. (await predictor.PredictAsync(chunk, cancellationToken)).Select(p => p.Value)];
    }
}
