using HsNas.Evolution.Racing;
using HsNas.Spaces;

namespace HsNas.Contracts.Jobs;

/// <summary>What a worker does with a job of kind <see cref="JobKinds.Score"/>, whatever computes its losses.</summary>
public static class ScoreJob
{
    /// <summary>The job's result: a function of its input and of the losses.</summary>
    /// <param name="input">The job.</param>
    /// <param name="scorer">Computes losses under the job's supernet.</param>
    /// <param name="space">Search space of the job's task.</param>
    /// <param name="cancellationToken">Gives up between blocks.</param>
    public static ScoreResult Answer(ScoreInput input, IBlockScorer scorer, SearchSpace space, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(scorer);
        var losses = new SharedLosses(scorer, input.Shared);
        var result = input.Race is { } race
            ? Run(race, losses, space, cancellationToken)
            : Full(input.Architectures, losses, space, cancellationToken);
        return new ScoreResult(result.LossBits, result.Records, scorer.Blocks, result.Work, losses.Computed);
    }

    private static RaceResult Run(RaceInput race, SharedLosses scorer, SearchSpace space, CancellationToken cancellationToken)
    {
        var examples = race.Examples.Where(e => e.Sums.Length == scorer.Blocks.Count).ToList();
        return new Race(space, race.Rules, scorer).Run(race.Candidates, examples, race.Parents, race.Exact, cancellationToken);
    }

    // A race in which everybody is wanted to the end.
    private static RaceResult Full(
        IReadOnlyList<Architecture> architectures, SharedLosses scorer, SearchSpace space, CancellationToken cancellationToken)
    {
        var all = architectures.Select(a => new LossRecord(a, [])).ToList();
        return new Race(space, RaceRules.SameParents, scorer).Run(all, [], all.Count, exact: all.Count, cancellationToken);
    }
}
