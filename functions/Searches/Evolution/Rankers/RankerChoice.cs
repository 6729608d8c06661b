using HsNas.Evolution.Ranking;

namespace HsNas.Functions.Searches.Evolution.Rankers;

/// <summary>The first source that ranks a generation provides its ranker.</summary>
internal sealed class RankerChoice(IEnumerable<IRankerSource> sources, RunContext run) : IRankerChoice
{
    /// <inheritdoc/>
    public IRanker For(int generation) => sources.First(s => s.Ranks(run, generation)).Create(run);
}
