using HsNas.Functions.Hosting;
using HsNas.Functions.Jobs;
using HsNas.Functions.Tasks;
using HsNas.Shared.Messaging;
using Microsoft.Azure.Functions.Worker;

namespace HsNas.Functions.Activities;

/// <summary>
/// Decides what a search works with, before anything is spent: task, data set, which supernet, and whether latency must be
/// measured first. Limits that need no latency are checked here.
/// </summary>
internal sealed class ResolveInputsActivity(
    TaskStore tasks, SearchFiles files, WorkerJobs jobs, IArtifactStore store, PipelineOptions options, FeasibilityService feasibility)
{
    private const int FewestDemonstrations = 3;

    /// <summary>What is known and what must be made.</summary>
    [Function(nameof(ResolveInputsActivity))]
    public async Task<ResolvedInputs> RunAsync([ActivityTrigger] SearchInput input, FunctionContext context)
    {
        var cancellation = context.CancellationToken;
        var request = await files.RequestAsync(input.SearchId, cancellation);
        var task = await tasks.GetAsync(request.Task, cancellation);
        var recipe = task.Training ?? throw new SearchRefusedException($"Task {task.Name} has no training recipe: no supernet can be trained for it.");
        var dataset = await tasks.TryGetDatasetAsync(task.Name, cancellation)
            ?? throw new SearchRefusedException($"Task {task.Name} has no data set; prepare it first: hsnas data prepare {task.Name}.");
        var seeds = await tasks.TryGetSeedsAsync(task, cancellation)
            ?? throw new SearchRefusedException($"Task {task.Name} has no trained seed architectures for the language model to learn from; see 'hsnas seeds'.");
        if (TaskStore.SplitOf(seeds).Demonstrations.Count < FewestDemonstrations)
            throw new SearchRefusedException($"Task {task.Name} has {TaskStore.SplitOf(seeds).Demonstrations.Count} demonstrations; at least {FewestDemonstrations} are needed.");
        await feasibility.EnsurePossibleAsync(request, withLatency: false, cancellation);

        var supernet = new TrainSupernetInput(task.Name, dataset.Hash, "hat", recipe.SupernetSteps, recipe.SupernetWarmup, options.Seed);
        var weights = BlobLayout.Supernet(supernet.Fingerprint());
        var scores = BlobLayout.ScoreCache(BlobLayout.Fingerprint(weights.ToString(), dataset.Hash, $"{recipe.ScoringSentences}"));
        var plan = new SearchPlan(task.Name, dataset.Hash, request.Device, weights.ToString(), scores.ToString(), "", request.Compare);
        await files.WritePlanAsync(input.SearchId, plan, cancellation);

        var supernetJob = await store.ExistsAsync(weights, cancellation)
            ? null
            : await jobs.SubmitAsync(JobKinds.TrainSupernet, supernet, input.InstanceId, cancellation, send: false);
        var needsLatency = !await store.ExistsAsync(BlobLayout.LatencyModel(request.Device, task.Name), cancellation);
        var needsPredictor = !await store.ExistsAsync(BlobLayout.Champion(task.Name), cancellation);
        return new ResolvedInputs(needsLatency, needsPredictor, supernetJob, request.Compare, request.TrainWinner, request.Evolution.Iterations, task.Name, request.Labels);
    }
}

/// <summary>What a search must still make.</summary>
/// <param name="NeedsLatency">The device has no latency predictor for the task.</param>
/// <param name="NeedsPredictor">The task has no distilled predictor.</param>
/// <param name="SupernetJob">The supernet's training, not sent yet; null where its weights exist.</param>
/// <param name="Compare">Whether HAT's search runs too.</param>
/// <param name="TrainWinner">Whether winners are trained.</param>
/// <param name="Iterations">Generations at most.</param>
/// <param name="Task">Task name.</param>
/// <param name="Labels">Labels to buy where a predictor is needed.</param>
public sealed record ResolvedInputs(
    bool NeedsLatency, bool NeedsPredictor, JobRef? SupernetJob, bool Compare, bool TrainWinner, int Iterations, string Task, int Labels);
