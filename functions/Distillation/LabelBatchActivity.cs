using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Functions.Distillation.Plans;
using HsNas.Kernel.Stores;
using HsNas.Llm;
using HsNas.Llm.Labelling;
using Microsoft.Azure.Functions.Worker;

namespace HsNas.Functions.Distillation;

/// <summary>
/// Labels one batch of the pool, several calls at a time, each question looked up in the ledger first. Running it again costs
/// nothing that was bought before, and counts it against the batch's allowance.
/// </summary>
public sealed class LabelBatchActivity(
    DistillationMaterial material, ChatLabeller labeller, IArtifactStore store, LlmOptions options, LlmPrices prices)
{
    /// <summary>Buys what is missing, stores the batch's labels, and says what it took.</summary>
    [Function(nameof(LabelBatchActivity))]
    public async Task<LabelTally> RunAsync([ActivityTrigger] LabelBatchInput input, FunctionContext context)
    {
        var (plan, cancellation) = (input.Plan, context.CancellationToken);
        var prompts = await material.PromptsAsync(plan.Task, cancellation);
        var pool = await material.PoolAsync(plan.Task, plan.Labels, cancellation);
        var groups = pool.Skip(input.Batch * plan.BatchSize).Take(plan.BatchSize).Chunk(options.ArchitecturesPerCall).ToArray();
        var run = new LabelRun(prices.Allow(input.AllowanceUsd), plan.Epoch, plan.StartedAt);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = cancellation };
        if (input.AllowanceUsd is not null)
            await Parallel.ForEachAsync(groups, parallel, async (group, token) =>
                await labeller.CountSpentAsync(group, prompts, run, token));
        var labels = new GroupLabels[groups.Length];
        await Parallel.ForAsync(0, groups.Length, parallel, async (i, token) =>
            labels[i] = await labeller.LabelAsync(groups[i], prompts, run, token));

        var labelled = groups.Zip(labels).SelectMany(g => g.First.Zip(g.Second.Bleu)).Where(l => l.Second is not null);
        var items = labelled.Select(l => new LabelledArchitecture(l.First, l.Second!.Value)).ToList();
        var path = BlobLayout.LabelBatch(plan.Task, plan.Fingerprint, input.Batch);
        await store.WriteJsonAsync(path, new LabelSet(labeller.Model, items), cancellation);
        var tally = new LabelTally { Throttled = run.Troubles.Throttled, Failed = run.Troubles.Failed };
        return labels.Aggregate(tally, (sum, group) => sum + group.Tally);
    }
}

/// <summary>One batch of labels.</summary>
/// <param name="Plan">The distillation.</param>
/// <param name="Batch">Counted from 0.</param>
/// <param name="AllowanceUsd">What the batch may spend, what it spent before included; null for no limit.</param>
public sealed record LabelBatchInput(DistillationPlan Plan, int Batch, decimal? AllowanceUsd = null);
