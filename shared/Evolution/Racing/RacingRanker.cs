using HsNas.Evolution.Ranking;
using HsNas.Predictors;
using HsNas.Spaces;

namespace HsNas.Evolution.Racing;

/// <summary>Ranks by a race in this process. One instance serves one run; not safe for concurrent use.</summary>
/// <param name="space">The search space.</param>
/// <param name="rules">How the race is run.</param>
/// <param name="scorer">Computes losses.</param>
/// <param name="hints">The distilled predictor that takes part in the forecasts; null for none.</param>
public sealed class RacingRanker(SearchSpace space, RaceRules rules, IBlockScorer scorer, SynchronousPredictor? hints = null) : IRanker
{
    private readonly Race _race = new(space, rules, scorer);
    private readonly LossBook _book = new();

    /// <inheritdoc/>
    public string Id => RankerIds.Supernet;

    /// <inheritdoc/>
    public string Metric => Metrics.ValidationLoss;

    /// <inheritdoc/>
    public MetricDirection Direction => MetricDirection.LowerIsBetter;

    /// <inheritdoc/>
    public ValueTask<Ranking.Ranking> RankAsync(RankingRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var field = request.Candidates.Select(a => _book.Of(a) with { Hint = hints?.Predict(a).Value }).ToList();
        var examples = _book.Complete(scorer.Blocks.Count, request.Candidates);
        var result = _race.Run(field, examples, request.Parents, request.ExactBest, cancellationToken);
        _book.Add(result.Records);
        return new(new Ranked(result.LossBits, result.Work.NewlyScored, result.Work)
        {
            Children = LossForecast.After(space, rules, scorer.Blocks, examples, result.Records, hints),
        });
    }
}
