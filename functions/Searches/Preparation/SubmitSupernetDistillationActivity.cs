using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Functions.Hosting;
using HsNas.Functions.Jobs;
using HsNas.Functions.Searches.Files;
using HsNas.Kernel.Jobs;
using Microsoft.Azure.Functions.Worker;

namespace HsNas.Functions.Searches.Preparation;

/// <summary>Submits the distillation of a search's supernet into an MLP ("distilled HAT", docs/method.md, "Distilled predictor").</summary>
public sealed class SubmitSupernetDistillationActivity(SearchFiles files, WorkerJobs jobs, PipelineOptions options)
{
    /// <summary>The submitted job; equal supernets, label counts and seeds share it.</summary>
    [Function(nameof(SubmitSupernetDistillationActivity))]
    public async Task<JobRef> RunAsync([ActivityTrigger] SearchInput input, FunctionContext context)
    {
        var request = await files.RequestAsync(input.SearchId, context.CancellationToken);
        var plan = await files.PlanAsync(input.SearchId, context.CancellationToken);
        return await jobs.SubmitAsync(
            JobKinds.TrainRegressor, InputOf(plan, request.Labels, options.Seed), input.InstanceId, context.CancellationToken);
    }

    /// <summary>What the job is asked; also names it, so that who wants its result can find it.</summary>
    internal static TrainRegressorInput InputOf(SearchPlan plan, int labels, long seed) => new(
        plan.Task, BlobLayout.Labels(plan.Task, plan.Predictor).ToString(), "default", seed,
        BlobLayout.Predictor(plan.Task, plan.Predictor).ToString(),
        plan.Supernet, plan.Dataset, labels);
}
