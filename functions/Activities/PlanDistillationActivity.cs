using HsNas.Functions.Llm;
using HsNas.Shared.Messaging;
using Microsoft.Azure.Functions.Worker;

namespace HsNas.Functions.Activities;

/// <summary>Draws the pool of architectures to label and names the distillation by everything that makes it.</summary>
internal sealed class PlanDistillationActivity(DistillationMaterial material, IArtifactStore store, LlmOptions llm)
{
    /// <summary>The plan.</summary>
    [Function(nameof(PlanDistillationActivity))]
    public async Task<DistillationPlan> RunAsync([ActivityTrigger] DistillationInput input, FunctionContext context)
    {
        var prompts = await material.PromptsAsync(input.Task, context.CancellationToken);
        var pool = await material.PoolAsync(input.Task, input.Labels, context.CancellationToken);
        var fingerprint = BlobLayout.Fingerprint(prompts.Prefix, llm.Model, llm.ModelVersion, llm.Endpoint, $"{input.Labels}", $"{material.Seed}")[..16];
        await store.WriteTextAsync(DistillationMaterial.PromptPath(input.Task, fingerprint), prompts.Build(pool[0]).Text, context.CancellationToken);
        return new DistillationPlan(input.Task, fingerprint, input.Labels, llm.BatchSize, (input.Labels + llm.BatchSize - 1) / llm.BatchSize);
    }
}
