using HsNas.Evolution.Ranking;

namespace HsNas.Functions.Searches.Evolution.Rankers;

/// <summary>
/// Makes one kind of ranker for durable searches. Sources are asked in the order in which they are registered; the first that
/// ranks a generation does. See docs/extending.md, "A ranker".
/// </summary>
public interface IRankerSource
{
    /// <summary>Whether this kind ranks a generation of a run, counted from 1. Depends on nothing else.</summary>
    bool Ranks(RunContext run, int generation);

    /// <summary>The ranker for a step of a run.</summary>
    IRanker Create(RunContext run);
}
