using HsNas.Contracts;
using HsNas.Evolution.Ranking;

namespace HsNas.Functions.Searches.Evolution.Rankers;

/// <summary>The distilled predictor ranks the window of the run that was asked for.</summary>
public sealed class DistilledRankerSource : IRankerSource
{
    /// <inheritdoc/>
    public bool Ranks(RunContext run, int generation)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Run == RunKind.Requested && run.Search.Request.Schedule.IsDistilled(generation);
    }

    /// <inheritdoc/>
    public IRanker Create(RunContext run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new PredictorRanker(RankerIds.Distilled, run.Search.Predictor!);
    }
}
