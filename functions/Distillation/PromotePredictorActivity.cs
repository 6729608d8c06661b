using System.Globalization;
using HsNas.Contracts.Jobs;
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
/// Judges a new distilled predictor and the champion on the seed architectures that neither was shown. The new one becomes the
/// champion unless it is worse. The decision is kept with its reason before it takes effect, so running this again changes nothing.
/// </summary>
public sealed class PromotePredictorActivity(
    TaskStore tasks, PredictorStore predictors, PredictorJudge judge, DistillationMaterial material, WorkerJobs jobs, LlmOptions llm,
    TimeProvider time)
{
    /// <summary>Why it was promoted or not.</summary>
    [Function(nameof(PromotePredictorActivity))]
    public async Task<string> RunAsync([ActivityTrigger] PromoteInput input, FunctionContext context)
    {
        var (plan, cancellation) = (input.Plan, context.CancellationToken);
        var id = string.Create(CultureInfo.InvariantCulture, $"{plan.Started:yyyyMMdd'T'HHmmssfff}-{plan.Fingerprint}");
        var decision = await predictors.TryGetDecisionAsync(plan.Task, id, cancellation) ?? await DecideAsync(input, id, cancellation);
        if (decision.Outcome != PromotionOutcome.Promoted) return $"not promoted: {plan.Fingerprint}: {decision.Reason}";
        await predictors.PromoteAsync(plan.Task, await predictors.GetAsync(plan.Task, plan.Fingerprint, cancellation), cancellation);
        return $"promoted {plan.Fingerprint}: {decision.Reason}";
    }

    private async Task<PromotionDecision> DecideAsync(PromoteInput input, string id, CancellationToken cancellationToken)
    {
        var plan = input.Plan;
        var task = await tasks.GetAsync(plan.Task, cancellationToken);
        var (trained, _) = await jobs.ResultAsync<TrainRegressorResult>(input.Job, cancellationToken);
        var range = DemonstratedRange.Of((await material.PromptsAsync(plan.Task, cancellationToken)).Demonstrations);
        var predictor = await predictors.LoadAsync(task, trained.Model, range, cancellationToken);
        var seeds = await judge.SeedsAsync(task, cancellationToken);
        var predictions = seeds.Records.Select(r => predictor.Predict(r.Architecture).Value).ToList();
        var quality = PredictorJudge.Judge(predictor, predictions, seeds);
        var champion = await predictors.TryGetChampionAsync(plan.Task, cancellationToken);
        var (challenger, rival, gold) = await judge.CompareAsync(task, predictor, champion, seeds, cancellationToken);
        var (outcome, reason) = PromotionRule.Decide(challenger, rival, gold);
        var labels = input.Tally.ToStatistics(llm.Model, plan.Labels);
        var record = new DistilledPredictorRecord(plan.Fingerprint, trained.Model, range, labels, quality, reason, time.GetUtcNow())
        {
            Origin = await material.OriginAsync(plan.Task, llm, plan.Epoch, cancellationToken),
        };
        await predictors.KeepAsync(plan.Task, record, cancellationToken);
        return await predictors.DecideAsync(
            new PromotionDecision(id, plan.Task, plan.Fingerprint, outcome, reason, plan.Reasons, challenger,
                champion?.Fingerprint, rival?.Mae, gold, labels, record.At),
            cancellationToken);
    }
}

/// <summary>Input of the activity that decides whether a distilled predictor becomes the champion.</summary>
/// <param name="Plan">The distillation.</param>
/// <param name="Tally">What the labels took.</param>
/// <param name="Job">The finished training.</param>
public sealed record PromoteInput(DistillationPlan Plan, LabelTally Tally, JobRef Job);
