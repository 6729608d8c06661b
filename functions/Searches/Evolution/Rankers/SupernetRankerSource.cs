using HsNas.Contracts;
using HsNas.Contracts.Requests;
using HsNas.Evolution.Ranking;
using HsNas.Functions.Hosting;
using HsNas.Functions.Jobs;

namespace HsNas.Functions.Searches.Evolution.Rankers;

/// <summary>
/// The supernet ranks every generation that no other source does, in the request's way of scoring. The comparison is HAT as it was
/// published, so it scores in full.
/// </summary>
public sealed class SupernetRankerSource(ScoreBook scores, WorkerJobs jobs, PipelineOptions options) : IRankerSource
{
    /// <inheritdoc/>
    public bool Ranks(RunContext run, int generation) => true;

    /// <inheritdoc/>
    public IRanker Create(RunContext run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var mode = run.Run == RunKind.Comparison ? ScoringModes.Full : run.Search.Request.ScoringInForce;
        return ScoringModes.RulesOf(mode) is { } rules
            ? new QueuedRaceRanker(run, rules, scores, jobs)
            : new QueuedSupernetRanker(run, scores, jobs, options.ScoreJobs);
    }
}
