using HsNas.Functions.Llm;
using HsNas.Shared.Messaging;
using Microsoft.Azure.Functions.Worker;

namespace HsNas.Functions.Activities;

/// <summary>
/// Labels one batch of the pool, several questions at a time, each looked up in the ledger first. Running it again costs
/// nothing that was bought before.
/// </summary>
internal sealed class LabelBatchActivity(DistillationMaterial material, ChatLabeller labeller, IArtifactStore store, LlmOptions options)
{
    /// <summary>Buys what is missing, stores the batch's labels, and says what it took.</summary>
    [Function(nameof(LabelBatchActivity))]
    public async Task<BatchStatistics> RunAsync([ActivityTrigger] LabelBatchInput input, FunctionContext context)
    {
        var plan = input.Plan;
        var prompts = await material.PromptsAsync(plan.Task, context.CancellationToken);
        var pool = await material.PoolAsync(plan.Task, plan.Labels, context.CancellationToken);
        var batch = pool.Skip(input.Batch * plan.BatchSize).Take(plan.BatchSize).ToArray();
        var labels = new Label[batch.Length];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = context.CancellationToken };
        await Parallel.ForAsync(0, batch.Length, parallel, async (i, token) => labels[i] = await labeller.LabelAsync(prompts.Build(batch[i]), token));

        var items = batch.Zip(labels, (a, l) => new LabelledArchitecture(a, l.Bleu)).ToList();
        await store.WriteJsonAsync(DistillationMaterial.BatchPath(plan.Task, plan.Fingerprint, input.Batch), new LabelSet(labeller.Model, items), context.CancellationToken);
        return new BatchStatistics(labels.Sum(l => l.Calls), labels.Sum(l => l.Bought), labels.Sum(l => (long)l.PromptTokens), labels.Sum(l => (long)l.CompletionTokens));
    }
}
