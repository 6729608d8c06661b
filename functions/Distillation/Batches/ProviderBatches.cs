using HsNas.Functions.Distillation.Plans;
using HsNas.Llm;
using HsNas.Llm.Labelling;
using HsNas.Predictors.Prompting;
using HsNas.Spaces;

namespace HsNas.Functions.Distillation.Batches;

/// <summary>
/// What a distillation does with a provider's batch. Each may run again: a batch is created once, and an answer is taken once.
/// </summary>
public sealed class ProviderBatches(
    DistillationMaterial material, BatchLabeller batches, ChatLabeller labeller, LlmOptions options, LlmPrices prices)
{
    /// <summary>Asks what the ledger lacks as one batch, as far as money allows; null where nothing was asked.</summary>
    public async Task<BatchTicket?> SubmitAsync(DistillationPlan plan, CancellationToken cancellationToken)
    {
        var (groups, prompts, run) = await QuestionsAsync(plan, cancellationToken);
        if (plan.MaxCostUsd is not null) run.Allowance.Count((await SpentAsync(plan, groups, prompts, run, cancellationToken)).Sum());
        return await batches.SubmitAsync($"{plan.Task}/{plan.Fingerprint}", groups, prompts, run, cancellationToken);
    }

    /// <summary>State of a batch.</summary>
    public Task<BatchState> CheckAsync(ProviderBatch input, CancellationToken cancellationToken) =>
        batches.CheckAsync(input.Ticket, cancellationToken);

    /// <summary>
    /// Takes a batch's answers into the ledger; what was spent on each batch of labels, US dollars, where there is a limit on
    /// money.
    /// </summary>
    public async Task<IReadOnlyList<decimal>> TakeAsync(ProviderBatch input, CancellationToken cancellationToken)
    {
        var (groups, prompts, run) = await QuestionsAsync(input.Plan, cancellationToken);
        await batches.TakeAsync(input.Ticket, groups, prompts, run, cancellationToken);
        return input.Plan.MaxCostUsd is null ? [] : await SpentAsync(input.Plan, groups, prompts, run, cancellationToken);
    }

    private async Task<(IReadOnlyList<Architecture[]> Groups, PromptBuilder Prompts, LabelRun Run)> QuestionsAsync(
        DistillationPlan plan, CancellationToken cancellationToken)
    {
        var prompts = await material.PromptsAsync(plan.Task, cancellationToken);
        var pool = await material.PoolAsync(plan.Task, plan.Labels, cancellationToken);
        var run = new LabelRun(prices.Allow(plan.MaxCostUsd, batch: true), plan.Epoch, plan.StartedAt);
        return ([.. pool.Chunk(options.ArchitecturesPerCall)], prompts, run);
    }

    // Batches of labels hold whole groups, so a group belongs to one of them.
    private async Task<decimal[]> SpentAsync(DistillationPlan plan, IReadOnlyList<Architecture[]> groups, PromptBuilder prompts,
        LabelRun run, CancellationToken cancellationToken)
    {
        var spent = new decimal[groups.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, groups.Count, parallel, async (i, token) =>
            spent[i] = await labeller.SpentAsync(groups[i], prompts, run, token));
        return [.. spent.Chunk(plan.BatchSize / options.ArchitecturesPerCall).Select(s => s.Sum())];
    }
}
