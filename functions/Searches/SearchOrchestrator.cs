using HsNas.Contracts.Requests;
using HsNas.Functions.Distillation;
using HsNas.Functions.Jobs;
using HsNas.Functions.Searches.Evolution;
using HsNas.Functions.Searches.Files;
using HsNas.Functions.Searches.Preparation;
using HsNas.Functions.Searches.Verification;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace HsNas.Functions.Searches;

/// <summary>
/// A whole search: inputs, latency predictor, distilled predictor and supernet where they do not exist yet, evolution,
/// verification on the device, training, report. It carries references only; results are blobs.
/// </summary>
public static class SearchOrchestrator
{
    /// <summary>Runs the search whose id is the instance id.</summary>
    [Function(nameof(SearchOrchestrator))]
    public static async Task<string> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var stages = new StageLog(context);
        var search = new SearchInput(context.InstanceId, context.InstanceId);

        stages.Start(SearchStages.Resolve);
        var inputs = await context.CallActivityAsync<ResolvedInputs>(nameof(ResolveInputsActivity), search, Retries.Standard);
        stages.End(SearchStages.Resolve);

        if (inputs.NeedsLatency) await MeasureLatencyAsync(context, stages, search);
        await context.CallActivityAsync(nameof(CheckFeasibilityActivity), search, Retries.Standard);

        // Side by side: the model's answers keep one worker waiting, the supernet keeps one busy.
        await JobWaiting.AllOrFirstFailureAsync(DistilAsync(context, stages, inputs), TrainSupernetAsync(context, stages, inputs));
        if (inputs.UsesLanguageModel) await context.CallActivityAsync(nameof(FixPredictorActivity), search, Retries.Standard);
        if (inputs.DistilsSupernet) await DistilSupernetAsync(context, stages, search);

        var runs = new List<EvolutionProgress> { await EvolveAsync(context, stages, SearchStages.Search, GenerationService.HsNas, inputs) };
        if (inputs.Compare) runs.Add(await EvolveAsync(context, stages, SearchStages.Comparison, GenerationService.Hat, inputs));

        stages.Start(SearchStages.Verification);
        var verified = new List<VerifiedRun>();
        foreach (var run in runs) verified.Add(await VerifyAsync(context, stages, search, run));
        stages.End(SearchStages.Verification);

        if (inputs.TrainWinner) await TrainAsync(context, stages, [.. verified.Select(v => v.Training).OfType<JobRef>().DistinctBy(j => j.JobId)]);

        stages.Start(SearchStages.Report);
        var report = new ReportInput(search, verified, inputs.TrainWinner, stages.Seconds());
        var summary = await context.CallActivityAsync<string>(nameof(WriteReportActivity), report, Retries.Standard);
        stages.End(SearchStages.Report);
        return summary;
    }

    private static async Task<VerifiedRun> VerifyAsync(TaskOrchestrationContext context, StageLog stages, SearchInput search, EvolutionProgress run)
    {
        var job = await context.CallActivityAsync<JobRef>(nameof(SubmitVerificationActivity), new VerificationInput(search, run.Run), Retries.Standard);
        stages.Job(SearchStages.Verification, job);
        await context.WaitForJobAsync(job);
        var training = await context.CallActivityAsync<JobRef?>(nameof(ChooseWinnerActivity), new ChooseWinnerInput(search, run.Run, job), Retries.Standard);
        return new VerifiedRun(run, job, training);
    }

    private static async Task TrainAsync(TaskOrchestrationContext context, StageLog stages, IReadOnlyList<JobRef> trainings)
    {
        if (trainings.Count == 0) return;
        stages.Start(SearchStages.Training, jobs: trainings);
        foreach (var job in trainings.Where(j => !j.Done))
            await context.CallActivityAsync(nameof(SendJobActivity), new CheckJobInput(job, context.InstanceId, 0), Retries.Standard);
        await JobWaiting.AllOrFirstFailureAsync(trainings.Select(context.WaitForJobAsync));
        stages.End(SearchStages.Training);
    }

    private static async Task MeasureLatencyAsync(TaskOrchestrationContext context, StageLog stages, SearchInput search)
    {
        stages.Start(SearchStages.Latency);
        var job = await context.CallActivityAsync<JobRef>(nameof(SubmitLatencyActivity), search, Retries.Standard);
        stages.Job(SearchStages.Latency, job);
        await context.WaitForJobAsync(job);
        await context.CallActivityAsync<double>(nameof(FitLatencyActivity), new FitLatencyInput(search.SearchId, job), Retries.Standard);
        stages.End(SearchStages.Latency);
    }

    private static async Task DistilAsync(TaskOrchestrationContext context, StageLog stages, ResolvedInputs inputs)
    {
        if (!inputs.NeedsPredictor) return;
        var id = $"{context.InstanceId}-distillation";
        stages.Start(SearchStages.Distillation, child: id);
        var input = new DistillationInput(inputs.Task, inputs.Labels) { MaxCostUsd = inputs.MaxCostUsd };
        await context.CallSubOrchestratorAsync<string>(nameof(DistillationOrchestrator), input, new SubOrchestrationOptions(new TaskOptions(), id));
        stages.End(SearchStages.Distillation);
    }

    private static async Task DistilSupernetAsync(TaskOrchestrationContext context, StageLog stages, SearchInput search)
    {
        stages.Start(SearchStages.Distillation);
        var job = await context.CallActivityAsync<JobRef>(nameof(SubmitSupernetStudentActivity), search, Retries.Standard);
        stages.Job(SearchStages.Distillation, job);
        await context.WaitForJobAsync(job);
        stages.End(SearchStages.Distillation);
    }

    private static async Task TrainSupernetAsync(TaskOrchestrationContext context, StageLog stages, ResolvedInputs inputs)
    {
        if (inputs.SupernetJob is not { } job) return;
        stages.Start(SearchStages.Supernet, jobs: [job]);
        if (!job.Done) await context.CallActivityAsync(nameof(SendJobActivity), new CheckJobInput(job, context.InstanceId, 0), Retries.Standard);
        await context.WaitForJobAsync(job);
        stages.End(SearchStages.Supernet);
    }

    private static async Task<EvolutionProgress> EvolveAsync(TaskOrchestrationContext context, StageLog stages, string stage, string run, ResolvedInputs inputs)
    {
        var id = $"{context.InstanceId}-{run}";
        stages.Start(stage, child: id);
        var start = EvolutionProgress.Start(context.InstanceId, run, inputs.Iterations);
        var end = await context.CallSubOrchestratorAsync<EvolutionProgress>(nameof(EvolutionOrchestrator), start, new SubOrchestrationOptions(new TaskOptions(), id));
        stages.End(stage);
        return end;
    }
}
