using System.Globalization;
using HsNas.Evolution;
using HsNas.Evolution.Constraints;
using HsNas.Evolution.Racing;
using HsNas.Predictors;

namespace HsNas.Benchmarks.SearchWork;

/// <summary>
/// How often races find the parents that full scores give: each supernet generation of a full search is raced, too, and the search
/// goes on with the full scores.
/// </summary>
internal static class SameParents
{
    /// <summary>One sentence over seeds 1 to <paramref name="seeds"/>.</summary>
    public static async Task<string> OfAsync(WorkTask work, BlockMemo memo, WorkVariant variant, int seeds)
    {
        var (generations, same, missed) = (0, 0, 0);
        for (var seed = 1; seed <= seeds; seed++)
        {
            foreach (var misses in await MissesAsync(work, memo, variant, seed))
                (generations, same, missed) = (generations + 1, same + (misses == 0 ? 1 : 0), missed + misses);
        }

        return string.Create(CultureInfo.InvariantCulture,
            $"  same parents in {same} of {generations} generations ({100.0 * same / generations:F1} %); "
            + $"{missed / (double)generations:F2} of {new EvolutionOptions().Parents} missed on average");
    }

    private static async Task<List<int>> MissesAsync(WorkTask work, BlockMemo memo, WorkVariant variant, long seed)
    {
        var engine = variant.EngineOf(work, seed);
        var ranker = new RacingRanker(work.Task.Space, variant.Rules!, memo);
        var misses = new List<int>();
        for (var state = engine.Start(); !state.Finished;)
        {
            var candidates = engine.Candidates(state);
            var distilled = variant.ScheduleOf(engine.Options).IsDistilled(state.Generation);
            IReadOnlyList<double> scores = distilled
                ? [.. candidates.Architectures.Select(a => work.Distilled.Predict(a).Value)]
                : [.. candidates.Architectures.Select(memo.FullLoss)];
            if (!distilled)
            {
                var answer = await ranker.RankAsync(new(state.Generation, candidates.Architectures, engine.Options.Parents, []));
                misses.Add(Best(scores).Except(Best(((Evolution.Ranking.Ranked)answer).Scores)).Count());
            }

            var direction = distilled ? MetricDirection.HigherIsBetter : MetricDirection.LowerIsBetter;
            state = engine.Next(state, candidates.Expand(scores), direction);
        }

        return misses;

        IEnumerable<int> Best(IReadOnlyList<double> scores) =>
            Enumerable.Range(0, scores.Count).OrderBy(i => scores[i]).Take(engine.Options.Parents);
    }
}
