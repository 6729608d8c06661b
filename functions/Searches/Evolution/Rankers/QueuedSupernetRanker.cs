using HsNas.Contracts.Jobs;
using HsNas.Contracts.Stored;
using HsNas.Evolution.Racing;
using HsNas.Evolution.Ranking;
using HsNas.Functions.Hosting;
using HsNas.Functions.Jobs;
using HsNas.Kernel.Jobs;
using HsNas.Predictors;
using HsNas.Spaces;

namespace HsNas.Functions.Searches.Evolution.Rankers;

/// <summary>
/// Ranks by the supernet's validation loss on the whole text, which workers compute. Losses that the run's book or other searches
/// know are not computed again; the others become jobs. See docs/method.md, "Supernet scoring".
/// </summary>
internal sealed class QueuedSupernetRanker(RunContext run, ScoreBook scores, WorkerJobs jobs, int jobsPerGeneration) : IRanker
{
    /// <inheritdoc/>
    public string Id => RankerIds.Supernet;

    /// <inheritdoc/>
    public string Metric => Metrics.ValidationLoss;

    /// <inheritdoc/>
    public MetricDirection Direction => MetricDirection.LowerIsBetter;

    /// <inheritdoc/>
    public async ValueTask<Ranking> RankAsync(RankingRequest request, CancellationToken cancellationToken = default)
    {
        var answers = new List<ScoreResult>();
        foreach (var job in request.Finished) answers.Add((await jobs.ResultAsync<ScoreResult>(job, cancellationToken)).Value);
        var own = answers.Count > 0
            ? await scores.AddAsync(run, new LossFile(answers[0].Blocks, [.. answers.SelectMany(a => a.Records)]), cancellationToken)
            : await scores.OwnAsync(run, cancellationToken);
        var missing = Missing(request.Candidates, own);
        var shared = await scores.SharedAsync(run, missing, cancellationToken);
        if (answers.Count == 0)
        {
            (own, missing) = await TakeAsync(shared, missing, own, cancellationToken);
            FunctionsTelemetry.CacheHit(request.Candidates.Count - missing.Count);
        }

        return missing.Count == 0
            ? Ranked(request.Candidates, own, answers)
            : new Pending(await SubmitAsync(missing, shared, cancellationToken));
    }

    private static List<Architecture> Missing(IReadOnlyList<Architecture> candidates, LossFile own)
    {
        var book = new LossBook(own.Records);
        return [.. candidates.Where(a => !own.IsComplete(book.Of(a)))];
    }

    private static Ranked Ranked(IReadOnlyList<Architecture> candidates, LossFile own, IReadOnlyList<ScoreResult> answers)
    {
        var book = new LossBook(own.Records);
        return new Ranked([.. candidates.Select(a => TotalLoss.Bits(book.Of(a), own.Blocks))], answers.Sum(a => a.Computed));
    }

    // What others scored in full goes into the run's own book, which is then all that it relies on.
    private async Task<(LossFile Own, List<Architecture> Missing)> TakeAsync(
        LossFile shared, List<Architecture> missing, LossFile own, CancellationToken cancellationToken)
    {
        var complete = shared.Records.Where(shared.IsComplete).ToList();
        if (complete.Count == 0) return (own, missing);
        own = await scores.AddAsync(run, shared with { Records = complete }, cancellationToken);
        return (own, Missing(missing, own));
    }

    private async Task<List<JobRef>> SubmitAsync(List<Architecture> missing, LossFile shared, CancellationToken cancellationToken)
    {
        var plan = run.Search.Plan;
        var begun = new LossBook(shared.Records);
        var submitted = new List<JobRef>();
        foreach (var share in Shares(missing))
        {
            var input = new ScoreInput(plan.Task, plan.Dataset, plan.Supernet, share)
            {
                Shared = [.. share.Select(begun.Of).Where(r => r.Sums.Length > 0)],
            };
            submitted.Add(await jobs.SubmitAsync(JobKinds.Score, input, run.Input.InstanceId, cancellationToken));
        }

        return submitted;
    }

    // Equal encoders stay together as far as equal shares allow, because a worker runs each encoder once.
    private IEnumerable<List<Architecture>> Shares(List<Architecture> missing)
    {
        var sorted = missing.OrderBy(a => a.EncoderKey, StringComparer.Ordinal).ThenBy(a => a.Key, StringComparer.Ordinal).ToList();
        var size = (sorted.Count + jobsPerGeneration - 1) / jobsPerGeneration;
        return sorted.Chunk(size).Select(share => share.ToList());
    }
}
