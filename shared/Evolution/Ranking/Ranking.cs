using HsNas.Kernel.Jobs;

namespace HsNas.Evolution.Ranking;

/// <summary>A ranker's answer: <see cref="Ranked"/> or <see cref="Pending"/>.</summary>
public abstract record Ranking
{
    private protected Ranking()
    {
    }
}

/// <summary>The candidates are scored.</summary>
/// <param name="Scores">One finite score per candidate, in their order.</param>
/// <param name="NewScores">How many were computed for this answer, in full or in part; the others were known.</param>
/// <param name="Work">What it took, where a supernet was run; null elsewhere.</param>
public sealed record Ranked(IReadOnlyList<double> Scores, int NewScores, RankingWork? Work = null) : Ranking
{
    /// <summary>Chooses among the children of these candidates; null: every child that is drawn gets a place.</summary>
    public IChildForecast? Children { get; init; }
}

/// <summary>Results of jobs are needed first.</summary>
/// <param name="Jobs">The jobs to wait for; not empty. They go into the next request as <see cref="RankingRequest.Finished"/>.</param>
public sealed record Pending(IReadOnlyList<JobRef> Jobs) : Ranking;
