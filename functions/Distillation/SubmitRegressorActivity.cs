using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Functions.Distillation.Plans;
using HsNas.Functions.Jobs;
using HsNas.Kernel.Jobs;
using HsNas.Kernel.Stores;
using HsNas.Llm;
using HsNas.Llm.Labelling;
using Microsoft.Azure.Functions.Worker;

namespace HsNas.Functions.Distillation;

/// <summary>Joins the batches into one label set and submits the MLP's training.</summary>
public sealed class SubmitRegressorActivity(DistillationMaterial material, IArtifactStore store, WorkerJobs jobs, LlmOptions llm)
{
    /// <summary>The submitted job.</summary>
    [Function(nameof(SubmitRegressorActivity))]
    public async Task<JobRef> RunAsync([ActivityTrigger] SubmitRegressorInput input, FunctionContext context)
    {
        var (plan, cancellation) = (input.Plan, context.CancellationToken);
        var items = new List<LabelledArchitecture>();
        for (var batch = 0; batch < plan.Batches; batch++)
            items.AddRange((await store.ReadJsonAsync<LabelSet>(DistillationMaterial.BatchPath(plan.Task, plan.Fingerprint, batch), cancellation)).Items);
        if (items.Count == 0) throw new LabelException("The model gave no usable answer at all.");
        var labels = BlobLayout.Labels(plan.Task, plan.Fingerprint);
        await store.WriteJsonAsync(labels, new LabelSet(llm.Model, items), cancellation);
        var regressor = new TrainRegressorInput(plan.Task, labels.ToString(), "default", material.Seed, BlobLayout.Predictor(plan.Task, plan.Fingerprint).ToString());
        return await jobs.SubmitAsync(JobKinds.TrainRegressor, regressor, input.InstanceId, cancellation);
    }
}

/// <summary>Input of the activity that submits the MLP's training.</summary>
/// <param name="Plan">The distillation.</param>
/// <param name="Tally">What the labels took.</param>
/// <param name="InstanceId">Who waits.</param>
public sealed record SubmitRegressorInput(DistillationPlan Plan, LabelTally Tally, string InstanceId);
