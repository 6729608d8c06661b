using HsNas.Contracts;
using HsNas.Functions.Distillation.Plans;
using HsNas.Functions.Jobs;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using HsNas.Llm;
using HsNas.Llm.Labelling;
using Microsoft.Azure.Functions.Worker;

namespace HsNas.Functions.Distillation;

/// <summary>Draws the pool of architectures to label and names the distillation by everything that makes it.</summary>
public sealed class PlanDistillationActivity(DistillationMaterial material, IArtifactStore store, LlmOptions llm, LlmPrices prices)
{
    /// <summary>The plan.</summary>
    /// <exception cref="SearchRefusedException">A limit on money that cannot be kept.</exception>
    [Function(nameof(PlanDistillationActivity))]
    public async Task<DistillationPlan> RunAsync([ActivityTrigger] DistillationInput input, FunctionContext context)
    {
        if (input.MaxCostUsd is not null && prices.Unknown is { } unknown) throw new SearchRefusedException($"maxCostUsd {unknown}");
        var prompts = await material.PromptsAsync(input.Task, context.CancellationToken);
        var pool = await material.PoolAsync(input.Task, input.Labels, context.CancellationToken);
        var fingerprint = Hashing.Fingerprint(
            prompts.Prefix, llm.Model, llm.ModelVersion, ChatLabeller.Settings(llm, input.Epoch), $"{llm.ArchitecturesPerCall}",
                $"{input.Labels}", $"{material.Seed}")[..16];
        await store.WriteTextAsync(BlobLayout.Prompt(input.Task, fingerprint), prompts.Build([.. pool.Take(llm.ArchitecturesPerCall)]).Text,
            context.CancellationToken);
        // Whole calls in each batch, so that a group never spans two.
        var size = (llm.BatchSize + llm.ArchitecturesPerCall - 1) / llm.ArchitecturesPerCall * llm.ArchitecturesPerCall;
        return new DistillationPlan(input.Task, fingerprint, input.Labels, size, (input.Labels + size - 1) / size)
        {
            MaxCostUsd = input.MaxCostUsd,
            Epoch = input.Epoch,
            Reasons = input.Reasons,
            MostUnanswered = (int)(input.Labels * llm.MaxUnanswered),
        };
    }
}
