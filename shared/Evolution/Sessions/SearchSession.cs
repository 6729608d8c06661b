using HsNas.Evolution.Ranking;
using HsNas.Kernel.Jobs;

namespace HsNas.Evolution.Sessions;

/// <summary>
/// The one loop of a search, one generation a step: candidates, ranking, next state. Whoever drives it keeps the state, waits
/// for jobs and steps again. <see cref="InProcessSearch"/> drives it in memory, the durable orchestration from blob to blob;
/// both find the same. See docs/method.md, "Hybrid search".
/// </summary>
/// <param name="engine">Evolution of one search.</param>
/// <param name="rankers">Who ranks which generation.</param>
public sealed class SearchSession(EvolutionEngine engine, IRankerChoice rankers)
{
    /// <summary>The first state.</summary>
    /// <exception cref="Constraints.InfeasibleSearchException">Too few feasible genes were found.</exception>
    public EvolutionState Start() => engine.Start();

    /// <summary>Ranks the state's population and moves on, or says what has to be waited for.</summary>
    /// <param name="state">A state that is not finished.</param>
    /// <param name="finished">The jobs that the last answer for this state asked to wait for; empty at first.</param>
    /// <param name="cancellationToken">Gives up inside the ranker.</param>
    /// <exception cref="InvalidOperationException">The state is finished.</exception>
    public async ValueTask<SearchStep> StepAsync(
        EvolutionState state, IReadOnlyList<JobRef> finished, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Finished)
            throw new InvalidOperationException($"The search finished with generation {state.Generation}; there is nothing left to rank.");
        var ranker = rankers.For(state.Generation);
        var candidates = engine.Candidates(state);
        var decisive = engine.Selection.Decisive(candidates.Architectures.Count);
        var request = new RankingRequest(state.Generation, candidates.Architectures, decisive, finished)
        {
            ExactBest = MayBeLast(state.Generation) ? Math.Min(10, engine.Options.Parents) : 1,
        };
        return await ranker.RankAsync(request, cancellationToken) switch
        {
            Ranked ranked => Advance(state, ranker, candidates.Expand(ranked.Scores), ranked),
            Pending pending => new SearchStep(state, ranker.Id, ranker.Metric, pending.Jobs, NewScores: 0, Finalists: null),
            var other => throw new InvalidOperationException($"Ranker {ranker.Id} answered with {other}."),
        };
    }

    // A search that converges may end with any generation behind the earliest.
    private bool MayBeLast(int generation) =>
        generation == engine.Options.Iterations || engine.Options.Convergence is { } stop && generation >= stop.EarliestGeneration;

    private SearchStep Advance(EvolutionState state, IRanker ranker, double[] scores, Ranked ranked)
    {
        var (next, end) = engine.Advance(state, scores, ranker.Direction, ranker.Metric, ranked.Work, ranked.Children);
        var finalists = end is null
            ? null
            : new FinalistList([.. end.Finalists.Select(Decoded)], next.Trace, next.Notices)
            {
                Front = end.Front is { } front ? [.. front.Select(Decoded)] : null,
            };
        return new SearchStep(next, ranker.Id, ranker.Metric, [], ranked.NewScores, finalists);
    }

    private RankedArchitecture Decoded(RankedGene ranked) => new(engine.Codec.Decode(ranked.Gene.AsSpan()), ranked.Score);
}
