using HsNas.Kernel.Jobs;
using HsNas.Spaces;

namespace HsNas.Evolution.Ranking;

/// <summary>What a ranker is asked.</summary>
/// <param name="Generation">The generation, counted from 1.</param>
/// <param name="Candidates">Distinct architectures, in the order of their first appearance in the population.</param>
/// <param name="Parents">How many of the best may become parents. The order of the others does not matter to the search. A search
/// with objectives may choose any candidate, so there it is the number of candidates, and each of them needs an exact score.</param>
/// <param name="Finished">The jobs of the ranker's last <see cref="Pending"/> answer, now finished; empty when it is asked first.</param>
public sealed record RankingRequest(
    int Generation, IReadOnlyList<Architecture> Candidates, int Parents, IReadOnlyList<JobRef> Finished)
{
    /// <summary>
    /// How many of the best need an exact score: the best, whose score the trace shows, or all parents where the generation may be
    /// the last.
    /// </summary>
    public int ExactBest { get; init; } = 1;
}
