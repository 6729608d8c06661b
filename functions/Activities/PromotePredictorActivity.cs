using HsNas.Functions.Jobs;
using HsNas.Functions.Llm;
using HsNas.Functions.Tasks;
using HsNas.Shared.Messaging;
using HsNas.Shared.Predictors;
using HsNas.Shared.Requests;
using Microsoft.Azure.Functions.Worker;

namespace HsNas.Functions.Activities;

/// <summary>Judges a fresh predictor on the seed architectures it was not shown; it becomes the champion unless it is worse than the one in force.</summary>
internal sealed class PromotePredictorActivity(
    TaskStore tasks, PredictorStore predictors, DistillationMaterial material, WorkerJobs jobs, LlmOptions llm, TimeProvider time)
{
    /// <summary>Why it was promoted or not.</summary>
    [Function(nameof(PromotePredictorActivity))]
    public async Task<string> RunAsync([ActivityTrigger] PromoteInput input, FunctionContext context)
    {
        var (plan, cancellation) = (input.Plan, context.CancellationToken);
        var task = await tasks.GetAsync(plan.Task, cancellation);
        var (trained, _) = await jobs.ResultAsync<TrainRegressorResult>(input.Job, cancellation);
        var range = DemonstratedRange.Of((await material.PromptsAsync(plan.Task, cancellation)).Demonstrations);
        var predictor = await predictors.LoadAsync(task, trained.Model, range, cancellation);
        var seeds = await predictors.SeedsAsync(task, cancellation);
        var predictions = seeds.Records.Select(r => predictor.Predict(r.Architecture).Value).ToList();
        var quality = PredictorStore.Judge(predictor, predictions, seeds);
        var statistics = new LabelStatistics(llm.Model, plan.Labels, input.Statistics.Calls, input.Statistics.Bought, input.Statistics.PromptTokens, input.Statistics.CompletionTokens);

        var champion = await predictors.TryGetChampionAsync(plan.Task, cancellation);
        if (champion is not null && champion.Fingerprint != plan.Fingerprint && quality.Mae > champion.Quality.Mae)
            return $"kept {champion.Fingerprint}: its MAE {champion.Quality.Mae:F3} is better than {quality.Mae:F3}";
        var reason = champion is null ? "first predictor of the task" : $"MAE {quality.Mae:F3} is not worse than {champion.Quality.Mae:F3}";
        await predictors.PromoteAsync(plan.Task, new ChampionRecord(plan.Fingerprint, trained.Model, range, statistics, quality, reason, time.GetUtcNow()), cancellation);
        return $"promoted {plan.Fingerprint}: {reason}";
    }
}
