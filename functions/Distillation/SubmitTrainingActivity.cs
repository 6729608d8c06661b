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
public sealed class SubmitTrainingActivity(DistillationMaterial material, IArtifactStore store, WorkerJobs jobs, LlmOptions llm)
{
    /// <summary>The submitted job.</summary>
    [Function(nameof(SubmitTrainingActivity))]
    public async Task<JobRef> RunAsync([ActivityTrigger] SubmitTrainingInput input, FunctionContext context)
    {
        var (plan, cancellation) = (input.Plan, context.CancellationToken);
        var items = new List<LabelledArchitecture>();
        for (var batch = 0; batch < plan.BatchCount; batch++)
        {
            var path = BlobLayout.LabelBatch(plan.Task, plan.Fingerprint, batch);
            items.AddRange((await store.ReadJsonAsync<LabelSet>(path, cancellation)).Items);
        }

        if (items.Count == 0) throw new LabelException("The model gave no usable answer at all.");
        var labels = BlobLayout.Labels(plan.Task, plan.Fingerprint);
        await store.WriteJsonAsync(labels, new LabelSet(llm.Model, items), cancellation);
        var model = BlobLayout.Predictor(plan.Task, plan.Fingerprint);
        var training = new TrainRegressorInput(plan.Task, labels.ToString(), "default", material.Seed, model.ToString());
        return await jobs.SubmitAsync(JobKinds.TrainRegressor, training, input.InstanceId, cancellation);
    }
}

/// <summary>Input of the activity that submits the MLP's training.</summary>
/// <param name="Plan">The distillation.</param>
/// <param name="Tally">What the labels took.</param>
/// <param name="InstanceId">The orchestration that waits for it.</param>
public sealed record SubmitTrainingInput(DistillationPlan Plan, LabelTally Tally, string InstanceId);
