using HsNas.Contracts.Jobs;
using HsNas.Contracts.Stored;
using HsNas.Evolution.Racing;
using HsNas.Evolution.Ranking;
using HsNas.Functions.Jobs;
using HsNas.Kernel.Jobs;
using HsNas.Predictors;

namespace HsNas.Functions.Searches.Evolution.Rankers;

/// <summary>
/// Ranks by a race, which one worker runs as one job. The job holds all that the run knows and the race depends on, so its result
/// is a function of the run alone. See docs/method.md, "Racing".
/// </summary>
internal sealed class QueuedRaceRanker(RunContext run, RaceRules rules, ScoreBook scores, WorkerJobs jobs) : IRanker
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
        if (request.Finished is [var job])
        {
            var (answer, _) = await jobs.ResultAsync<ScoreResult>(job, cancellationToken);
            await scores.AddAsync(run, new LossFile(answer.Blocks, answer.Records), cancellationToken);
            return new Ranked(answer.LossBits, answer.Computed, answer.Work)
            {
                Children = await ChildrenAsync(job, answer, cancellationToken),
            };
        }

        var own = await scores.OwnAsync(run, cancellationToken);
        var book = new LossBook(own.Records);
        var shared = await scores.SharedAsync(run, request.Candidates, cancellationToken);
        var race = new RaceInput(
            rules, request.Parents, request.ExactBest,
            [.. request.Candidates.Select(a => book.Of(a) with { Hint = run.Search.Predictor?.Predict(a).Value })],
            [.. book.Complete(own.Blocks.Count, request.Candidates).TakeLast(rules.MostExamples)]);
        var plan = run.Search.Plan;
        var input = new ScoreInput(plan.Task, plan.Dataset, plan.Supernet, request.Candidates) { Race = race, Shared = shared.Records };
        return new Pending([await jobs.SubmitAsync(JobKinds.Score, input, run.Input.InstanceId, cancellationToken)]);
    }

    // From the job alone: the run's book may know more by the time a step is taken again.
    private async Task<LossForecast?> ChildrenAsync(JobRef job, ScoreResult answer, CancellationToken cancellationToken)
    {
        if (rules.ChildrenPerPlace == 1) return null;
        var race = (await jobs.InputAsync<ScoreInput>(job, cancellationToken)).Race!;
        return LossForecast.After(
            run.Search.Task.Space, rules, answer.Blocks, race.Examples, answer.Records, run.Search.Predictor);
    }
}
