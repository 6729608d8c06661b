using HsNas.Contracts.Jobs;
using HsNas.Contracts.Requests;
using HsNas.Functions.Jobs;
using HsNas.Kernel.Jobs;
using HsNas.Spaces;

namespace HsNas.Functions.Searches.Floors;

/// <summary>Reads what the jobs of <see cref="SubmitFloorsActivity"/> found.</summary>
internal static class FloorReader
{
    /// <summary>The floors; none where no jobs were submitted.</summary>
    public static async Task<IReadOnlyList<SearchFloor>> ReadAsync(
        WorkerJobs jobs, IReadOnlyList<JobRef> floors, CancellationToken cancellationToken)
    {
        if (floors is not [var known, var random]) return [];
        var (named, namedLosses) = await ReadAsync(jobs, known, cancellationToken);
        var (drawn, drawnLosses) = await ReadAsync(jobs, random, cancellationToken);
        var best = Enumerable.Range(0, drawn.Count).MinBy(i => drawnLosses[i]);
        return
        [
            new SearchFloor(FloorNames.Depth, named[0], namedLosses[0]),
            new SearchFloor(FloorNames.Parameters, named[1], namedLosses[1]),
            new SearchFloor(FloorNames.Random, drawn[best], drawnLosses[best]),
        ];
    }

    private static async Task<(IReadOnlyList<Architecture> Architectures, IReadOnlyList<double> Losses)> ReadAsync(
        WorkerJobs jobs, JobRef job, CancellationToken cancellationToken)
    {
        var asked = await jobs.InputAsync<ScoreInput>(job, cancellationToken);
        return (asked.Architectures, (await jobs.ResultAsync<ScoreResult>(job, cancellationToken)).Value.LossBits);
    }
}
