using HsNas.Predictors;
using HsNas.Spaces;

namespace HsNas.Evolution.Ranking;

/// <summary>
/// Ranks by a predictor in this process. It asks for each architecture once and remembers the answer, which changes how often
/// the predictor is asked, never what the search finds. One instance serves one run; not safe for concurrent use.
/// </summary>
/// <param name="id">One of <see cref="RankerIds"/>, or the predictor's own.</param>
/// <param name="predictor">Gives the scores.</param>
public sealed class PredictorRanker(string id, IPerformancePredictor predictor) : IRanker
{
    private readonly Dictionary<string, double> _known = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Id => id;

    /// <inheritdoc/>
    public string Metric => predictor.Metric;

    /// <inheritdoc/>
    public MetricDirection Direction => predictor.Direction;

    /// <inheritdoc/>
    public async ValueTask<Ranking> RankAsync(RankingRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var missing = request.Candidates.Where(a => !_known.ContainsKey(a.Key)).ToList();
        if (missing.Count > 0) await ScoreAsync(missing, cancellationToken);
        return new Ranked([.. request.Candidates.Select(a => _known[a.Key])], missing.Count);
    }

    private async ValueTask ScoreAsync(IReadOnlyList<Architecture> missing, CancellationToken cancellationToken)
    {
        var predictions = await predictor.PredictAsync(missing, cancellationToken);
        for (var i = 0; i < missing.Count; i++) _known[missing[i].Key] = predictions[i].Value;
    }
}
