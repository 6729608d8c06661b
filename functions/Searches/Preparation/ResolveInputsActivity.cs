using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Contracts.Requests;
using HsNas.Contracts.Supernets;
using HsNas.Functions.Hosting;
using HsNas.Functions.Jobs;
using HsNas.Functions.Predictors;
using HsNas.Functions.Searches.Files;
using HsNas.Functions.Searches.Text;
using HsNas.Kernel;
using HsNas.Kernel.Jobs;
using HsNas.Kernel.Stores;
using HsNas.Spaces;
using Microsoft.Azure.Functions.Worker;

namespace HsNas.Functions.Searches.Preparation;

/// <summary>
/// Decides what a search works with, before anything is spent: task, data set, which supernet, and whether latency must be
/// measured first. Limits that need no latency are checked here.
/// </summary>
public sealed class ResolveInputsActivity(
    TaskStore tasks, SearchChecks checks, SearchFiles files, WorkerJobs jobs, IArtifactStore store, PipelineOptions options,
    FeasibilityService feasibility, SupernetKinds kinds, TextTeachers teachers)
{
    /// <summary>What is known and what must be made.</summary>
    [Function(nameof(ResolveInputsActivity))]
    public async Task<ResolvedInputs> RunAsync([ActivityTrigger] SearchInput input, FunctionContext context)
    {
        var cancellation = context.CancellationToken;
        var request = await files.RequestAsync(input.SearchId, cancellation);
        var task = await tasks.GetAsync(request.Task, cancellation);
        if (await checks.MissingAsync(request, task, cancellation) is { } missing) throw new SearchRefusedException(missing);
        // A search that neither trains nor scores needs no text.
        var (recipe, manifest) = (task.Training!, await tasks.TryGetDatasetAsync(task.Name, cancellation));
        var dataset = manifest?.Hash ?? "";
        await feasibility.EnsurePossibleAsync(request, withLatency: false, cancellation);

        var supernet = request.Supernet.ToTraining(task, dataset, options.Seed);
        var weights = BlobLayout.Supernet(supernet.Fingerprint(kinds));
        var scores = BlobLayout.ScoreCache(Hashing.Fingerprint(weights.ToString(), dataset, $"{recipe.ScoringSentences}"));
        var distilsSupernet = request.UsesDistilled && !request.UsesLanguageModel;
        var distilled = distilsSupernet ? Hashing.Fingerprint(scores.ToString(), $"{request.Labels}", $"{options.Seed}")[..16] : "";
        var teacher = request.DistilText is null ? null : await TeacherAsync(request, task, dataset, input.InstanceId, cancellation);
        var plan = new SearchPlan(task.Name, dataset, request.Device, weights.ToString(), scores.ToString(), distilled, request.Compare)
        {
            DistilText = teacher is null ? null : DistilledText.Of(teacher.JobId, manifest!),
        };
        if (await files.CreatePlanAsync(input.SearchId, plan, cancellation) != plan)
            throw new SearchRefusedException("The task or its data set was replaced while the search began; start it again.");

        var supernetJob = !request.UsesSupernet || await store.ExistsAsync(weights, cancellation)
            ? null
            : await SupernetJobAsync(supernet, weights, input.InstanceId, cancellation);
        var needsLatency = !await store.ExistsAsync(BlobLayout.LatencyModel(request.LatencyName, task.Name), cancellation);
        var needsPredictor = request.UsesLanguageModel && !await store.ExistsAsync(BlobLayout.Champion(task.Name), cancellation);
        return new ResolvedInputs(
            needsLatency, needsPredictor, supernetJob, request.Compare, request.TrainWinner, request.Evolution.Iterations, task.Name,
            request.Labels)
        {
            UsesLanguageModel = request.UsesLanguageModel,
            DistilsSupernet = distilsSupernet,
            MaxCostUsd = (decimal?)request.MaxCostUsd,
            TextTeacher = teacher,
        };
    }

    private async Task<JobRef> TeacherAsync(
        SearchRequest request, TaskDefinition task, string dataset, string instanceId, CancellationToken cancellationToken)
    {
        if (request.DistilText is { IsTrained: true } choice)
        {
            var training = choice.ToTraining(task, dataset, request.Winner, options.TrainingSeed);
            return await jobs.SubmitAsync(JobKinds.TrainFromScratch, training, instanceId, cancellationToken, send: false);
        }

        return new JobRef(await teachers.ModelAsync(request, cancellationToken), JobKinds.TrainFromScratch, Done: true);
    }

    private async Task<JobRef> SupernetJobAsync(
        TrainSupernetInput supernet, BlobPath weights, string instanceId, CancellationToken cancellationToken)
    {
        var job = await jobs.SubmitAsync(JobKinds.TrainSupernet, supernet, instanceId, cancellationToken, send: false);
        if (!job.Done || await store.ExistsAsync(weights, cancellationToken)) return job;
        // Trained once, but the weights were removed since: its result says nothing any more.
        await jobs.ForgetAsync(job, cancellationToken);
        return await jobs.SubmitAsync(JobKinds.TrainSupernet, supernet, instanceId, cancellationToken, send: false);
    }
}

/// <summary>What a search must still make.</summary>
/// <param name="NeedsLatency">The device has no latency predictor for the task.</param>
/// <param name="NeedsPredictor">The search uses a predictor distilled from a language model, and the task has none.</param>
/// <param name="SupernetJob">The supernet's training, not sent yet; null where its weights exist or no generation needs it.</param>
/// <param name="Compare">Whether HAT's search runs too.</param>
/// <param name="TrainWinner">Whether winners are trained.</param>
/// <param name="Iterations">Generations at most.</param>
/// <param name="Task">Task name.</param>
/// <param name="Labels">Labels to buy where a predictor is needed.</param>
public sealed record ResolvedInputs(
    bool NeedsLatency, bool NeedsPredictor, JobRef? SupernetJob, bool Compare, bool TrainWinner, int Iterations, string Task, int Labels)
{
    /// <summary>Whether generations are ranked by a predictor distilled from a language model.</summary>
    public bool UsesLanguageModel { get; init; }

    /// <summary>Whether generations are ranked by a predictor distilled from the supernet.</summary>
    public bool DistilsSupernet { get; init; }

    /// <summary>Most that labels may cost, US dollars; null for no limit.</summary>
    public decimal? MaxCostUsd { get; init; }

    /// <summary>The training of the model that translates the training text, not sent yet; null where winners learn from the
    /// references.</summary>
    public JobRef? TextTeacher { get; init; }
}
