using HsNas.Predictors;

namespace HsNas.Evolution.Ranking;

/// <summary>
/// Says which candidates of a generation are better. It answers with scores, or with jobs whose results it needs first; who
/// drives the search waits for these and asks again. Asking again with the same request gives the same answer, so a
/// generation that was interrupted can be done anew. See docs/method.md, "Hybrid search".
/// </summary>
public interface IRanker
{
    /// <summary>Identifies the ranker in results: one of <see cref="RankerIds"/>, or an added ranker's own.</summary>
    string Id { get; }

    /// <summary>What its scores measure, for the trace.</summary>
    string Metric { get; }

    /// <summary>Which end of <see cref="Metric"/> is good.</summary>
    MetricDirection Direction { get; }

    /// <summary>Scores the candidates, or says what has to be waited for.</summary>
    /// <returns><see cref="Ranked"/> or <see cref="Pending"/>.</returns>
    ValueTask<Ranking> RankAsync(RankingRequest request, CancellationToken cancellationToken = default);
}

/// <summary>Ids of the built-in rankers.</summary>
public static class RankerIds
{
    /// <summary>The distilled predictor.</summary>
    public const string Distilled = "distilled";

    /// <summary>The weight-sharing supernet.</summary>
    public const string Supernet = "supernet";
}
