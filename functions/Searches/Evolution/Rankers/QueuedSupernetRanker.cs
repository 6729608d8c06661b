using HsNas.Contracts.Jobs;
using HsNas.Evolution.Ranking;
using HsNas.Functions.Hosting;
using HsNas.Functions.Jobs;
using HsNas.Kernel.Jobs;
using HsNas.Predictors;
using HsNas.Spaces;

namespace HsNas.Functions.Searches.Evolution.Rankers;

/// <summary>
/// Ranks by the supernet's validation loss, which workers compute. Scores that the run's book knows are not computed again;
/// the others become jobs. See docs/method.md, "Supernet scoring".
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
        var candidates = request.Candidates;
        var measured = await ResultsAsync(request.Finished, cancellationToken);
        var known = measured.Count > 0
            ? await scores.AddAsync(run, measured, cancellationToken)
            : await scores.LookUpAsync(run, candidates.Select(a => a.Key), cancellationToken);
        var missing = candidates.Where(a => !known.ContainsKey(a.Key)).ToList();
        if (measured.Count == 0) FunctionsTelemetry.CacheHit(candidates.Count - missing.Count);
        if (missing.Count == 0) return new Ranked([.. candidates.Select(a => known[a.Key])], measured.Count);
        return new Pending(await SubmitAsync(missing, cancellationToken));
    }

    private async Task<Dictionary<string, double>> ResultsAsync(IReadOnlyList<JobRef> finished, CancellationToken cancellationToken)
    {
        var measured = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var job in finished)
        {
            var asked = await jobs.InputAsync<ScoreInput>(job, cancellationToken);
            var (answer, _) = await jobs.ResultAsync<ScoreResult>(job, cancellationToken);
            for (var i = 0; i < asked.Architectures.Count; i++) measured[asked.Architectures[i].Key] = answer.LossBits[i];
        }

        return measured;
    }

    private async Task<List<JobRef>> SubmitAsync(List<Architecture> missing, CancellationToken cancellationToken)
    {
        var plan = run.Search.Plan;
        var submitted = new List<JobRef>();
        foreach (var share in Shares(missing))
        {
            var input = new ScoreInput(plan.Task, plan.Dataset, plan.Supernet, share);
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
