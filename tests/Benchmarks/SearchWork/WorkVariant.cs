using HsNas.Evaluation.Supernets;
using HsNas.Evolution;
using HsNas.Evolution.Constraints;
using HsNas.Evolution.Racing;
using HsNas.Evolution.Ranking;
using HsNas.Evolution.Sessions;
using HsNas.Spaces;

namespace HsNas.Benchmarks.SearchWork;

/// <summary>A way to search.</summary>
/// <param name="Name">Name in tables.</param>
/// <param name="Hybrid">Whether the distilled predictor ranks the first half.</param>
/// <param name="Distinct">Whether the candidates of a generation differ.</param>
/// <param name="Rules">How candidates race; null: each is scored in full.</param>
/// <param name="Hints">Whether the distilled predictor takes part in forecasts.</param>
internal sealed record WorkVariant(string Name, bool Hybrid, bool Distinct, RaceRules? Rules, bool Hints = false)
{
    /// <summary>The evolution of a search.</summary>
    public EvolutionEngine EngineOf(WorkTask work, long seed)
    {
        var options = new EvolutionOptions { Seed = seed, DistinctPopulation = Distinct };
        return new EvolutionEngine(work.Task, options, new FeasibilityChecker(work.Task, work.Limits));
    }

    /// <summary>Which generations the distilled predictor ranks.</summary>
    public HybridSchedule ScheduleOf(EvolutionOptions options) =>
        Hybrid ? HybridSchedule.FirstHalf(options.Iterations) : HybridSchedule.Never;

    /// <summary>Runs a search.</summary>
    public async Task<WorkOutcome> RunAsync(WorkTask work, BlockMemo memo, long seed)
    {
        var engine = EngineOf(work, seed);
        var options = engine.Options;
        IRanker supernet = Rules is null
            ? new PredictorRanker(RankerIds.Supernet, new SupernetPredictor(new FullScorer(memo)))
            : new RacingRanker(work.Task.Space, Rules, memo, Hints ? work.Distilled : null);
        var rankers = new HybridRankers(
            ScheduleOf(options), options.Iterations,
            new PredictorRanker(RankerIds.Distilled, work.Distilled), supernet);
        var found = await InProcessSearch.RunAsync(new SearchSession(engine, rankers));
        var evaluations = Rules is null
            ? (long)found.Scored[RankerIds.Supernet] * memo.Sentences
            : found.State.Trace.Sum(t => t.Work?.SentenceEvaluations ?? 0);
        return new WorkOutcome(
            memo.FullLoss(found.Winner), evaluations / ((double)options.Iterations * options.Population * memo.Sentences), found);
    }

    private sealed class FullScorer(BlockMemo memo) : ISupernetScorer
    {
        public string Fingerprint => "benchmark";

        public ValueTask<IReadOnlyList<double>> ValidationLossAsync(
            IReadOnlyList<Architecture> architectures, CancellationToken cancellationToken = default)
        {
            memo.Score([.. architectures.Select(a => new BlockRange(a, 0, memo.Blocks.Count))], cancellationToken);
            return new([.. architectures.Select(memo.FullLoss)]);
        }
    }
}

/// <summary>What a search found and took.</summary>
/// <param name="Loss">The winner's loss on the whole text, bits per token.</param>
/// <param name="Share">Sentence evaluations of the supernet, as a share of all slots times all sentences.</param>
/// <param name="Search">The search.</param>
internal sealed record WorkOutcome(double Loss, double Share, FinishedSearch Search);
