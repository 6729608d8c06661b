using HsNas.Evolution.Ranking;
using HsNas.Functions.Hosting;
using HsNas.Functions.Jobs;

namespace HsNas.Functions.Searches.Evolution.Rankers;

/// <summary>The supernet ranks every generation that no other source does.</summary>
public sealed class SupernetRankerSource(ScoreBook scores, WorkerJobs jobs, PipelineOptions options) : IRankerSource
{
    /// <inheritdoc/>
    public bool Ranks(RunContext run, int generation) => true;

    /// <inheritdoc/>
    public IRanker Create(RunContext run) => new QueuedSupernetRanker(run, scores, jobs, options.ScoreJobs);
}
