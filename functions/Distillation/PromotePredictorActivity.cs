using System.Globalization;
using HsNas.Contracts.Jobs;
using HsNas.Contracts.Requests;
using HsNas.Functions.Distillation.Plans;
using HsNas.Functions.Jobs;
using HsNas.Functions.Predictors;
using HsNas.Kernel.Jobs;
using HsNas.Llm;
using HsNas.Llm.Labelling;
using HsNas.Predictors;
using Microsoft.Azure.Functions.Worker;

namespace HsNas.Functions.Distillation;

/// <summary>
/// Judges a fresh predictor, and the champion, on the seed architectures that neither was shown; it becomes the champion unless
/// it is worse. The decision is kept with its reason before it takes effect, so that doing it again changes nothing.
/// </summary>
public sealed class PromotePredictorActivity(
    TaskStore tasks, PredictorStore predictors, DistillationMaterial material, WorkerJobs jobs, LlmOptions llm, TimeProvider time)
{
    /// <summary>Why it was promoted or not.</summary>
    [Function(nameof(PromotePredictorActivity))]
    public async Task<string> RunAsync([ActivityTrigger] PromoteInput input, FunctionContext context)
    {
        var (plan, cancellation) = (input.Plan, context.CancellationToken);
        var id = string.Create(CultureInfo.InvariantCulture, $"{plan.Started:yyyyMMdd'T'HHmmssfff}-{plan.Fingerprint}");
        var decision = await predictors.TryGetDecisionAsync(plan.Task, id, cancellation) ?? await DecideAsync(input, id, cancellation);
        if (decision.Outcome == "promoted")
            await predictors.PromoteAsync(plan.Task, await predictors.GetAsync(plan.Task, plan.Fingerprint, cancellation), cancellation);
        return $"{(decision.Outcome == "promoted" ? "promoted" : "not promoted:")} {plan.Fingerprint}: {decision.Reason}";
    }

    private async Task<ChampionDecision> DecideAsync(PromoteInput input, string id, CancellationToken cancellationToken)
    {
        var plan = input.Plan;
        var task = await tasks.GetAsync(plan.Task, cancellationToken);
        var (trained, _) = await jobs.ResultAsync<TrainRegressorResult>(input.Job, cancellationToken);
        var range = DemonstratedRange.Of((await material.PromptsAsync(plan.Task, cancellationToken)).Demonstrations);
        var predictor = await predictors.LoadAsync(task, trained.Model, range, cancellationToken);
        var seeds = await predictors.SeedsAsync(task, cancellationToken);
        var quality = PredictorStore.Judge(predictor, seeds.Records.Select(r => predictor.Predict(r.Architecture).Value).ToList(), seeds);
        var champion = await predictors.TryGetChampionAsync(plan.Task, cancellationToken);
        var (challenger, rival, gold) = await predictors.CompareAsync(task, predictor, champion, seeds, cancellationToken);
        var (promote, reason) = ChampionRule.Decide(challenger, rival, gold);
        var labels = Statistics(llm.Model, plan.Labels, input.Tally);
        var record = new ChampionRecord(plan.Fingerprint, trained.Model, range, labels, quality, reason, time.GetUtcNow())
        {
            Origin = await material.OriginAsync(plan.Task, llm, plan.Epoch, cancellationToken),
        };
        await predictors.KeepAsync(plan.Task, record, cancellationToken);
        return await predictors.DecideAsync(
            new ChampionDecision(id, plan.Task, plan.Fingerprint, promote ? "promoted" : "kept", reason, plan.Reasons, challenger,
                champion?.Fingerprint, rival?.Mae, gold, labels, record.At),
            cancellationToken);
    }

    private static LabelStatistics Statistics(string model, int labels, LabelTally tally) =>
        new(model, labels, tally.Calls, tally.Bought, tally.Usage.Prompt, tally.Usage.Completion)
        {
            CachedTokens = tally.Usage.Cached,
            ReasoningTokens = tally.Usage.Reasoning,
            CostUsd = tally.Unpriced > 0 ? null : tally.Usd,
            SpentUsd = tally.Unpriced > 0 ? null : tally.SpentUsd,
            Refused = tally.Refused,
            Truncated = tally.Truncated,
            Unreadable = tally.Unreadable,
            Unanswered = tally.Unanswered,
            Throttled = tally.Throttled,
            Failed = tally.Failed,
        };
}

/// <summary>Input of the activity that decides whether a predictor becomes the champion.</summary>
/// <param name="Plan">The distillation.</param>
/// <param name="Tally">What the labels took.</param>
/// <param name="Job">The finished training.</param>
public sealed record PromoteInput(DistillationPlan Plan, LabelTally Tally, JobRef Job);
