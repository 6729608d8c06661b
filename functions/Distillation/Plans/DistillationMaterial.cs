using HsNas.Contracts;
using HsNas.Contracts.Stored;
using HsNas.Functions.Hosting;
using HsNas.Functions.Predictors;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using HsNas.Llm;
using HsNas.Llm.Labelling;
using HsNas.Predictors;
using HsNas.Predictors.Prompting;
using HsNas.Spaces;

namespace HsNas.Functions.Distillation.Plans;

/// <summary>Prompt and pool of a task's distillation; functions of the task's blobs and the pipeline's seed alone.</summary>
public sealed class DistillationMaterial(TaskStore tasks, IArtifactStore store, PipelineOptions options)
{
    /// <summary>Seed of pool and prompt.</summary>
    public long Seed => options.Seed;

    /// <summary>The prompt builder: the split's demonstrations, and sentence pairs of the validation part.</summary>
    public async Task<PromptBuilder> PromptsAsync(string taskName, CancellationToken cancellationToken)
    {
        var task = await tasks.GetAsync(taskName, cancellationToken);
        var seeds = await tasks.TryGetSeedsAsync(task, cancellationToken)
            ?? throw new ArtifactNotFoundException(BlobLayout.Seeds(taskName));
        var demonstrations = TaskStore.SplitOf(seeds).Demonstrations.Select(d => d.ToDemonstration()).ToList();
        var pairs = await ValidationPairs.ReadAsync(store, taskName, cancellationToken);
        return new PromptBuilder(task, demonstrations, pairs,
            new PromptOptions { Seed = options.Seed }.Within(demonstrations.Count, pairs.Count));
    }

    /// <summary>What a distillation of the task would be made of now.</summary>
    public async Task<DistillationOrigin> OriginAsync(string taskName, LlmOptions llm, string epoch, CancellationToken cancellationToken)
    {
        var seeds = await store.ReadAsync(BlobLayout.Seeds(taskName), cancellationToken);
        var prompts = await PromptsAsync(taskName, cancellationToken);
        return new DistillationOrigin(
            Hashing.Fingerprint(Convert.ToBase64String(seeds)), Hashing.Fingerprint(prompts.Prefix), llm.Model, llm.ModelVersion,
            ChatLabeller.Settings(llm, epoch), [.. prompts.Demonstrations.Select(d => d.Architecture.Key)]);
    }

    /// <summary>The architectures to label, in order.</summary>
    public async Task<IReadOnlyList<Architecture>> PoolAsync(string taskName, int count, CancellationToken cancellationToken)
    {
        var task = await tasks.GetAsync(taskName, cancellationToken);
        var seeds = await tasks.TryGetSeedsAsync(task, cancellationToken);
        return PredictorDistiller.Pool(task, count, options.Seed, seeds?.Records.Select(r => r.Architecture));
    }
}
