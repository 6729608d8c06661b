using HsNas.Contracts;
using HsNas.Contracts.Requests;
using HsNas.Evolution.Ranking;
using HsNas.Functions.Distillation;
using HsNas.Functions.Jobs;
using HsNas.Functions.Searches.Evolution;
using HsNas.Functions.Searches.Files;
using HsNas.Functions.Searches.Floors;
using HsNas.Functions.Searches.Preparation;
using HsNas.Functions.Searches.Text;
using HsNas.Functions.Searches.Verification;
using HsNas.Kernel.Jobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace HsNas.Functions.Searches;

/// <summary>
/// A whole search: inputs, latency predictor, distilled predictor and supernet where they do not exist yet, evolution,
/// verification on the device, training, report. It carries references only; results are blobs.
/// </summary>
public static class SearchOrchestrator
{
    /// <summary>Runs the search whose id is the instance id. A search of a sweep is given a <see cref="LabelAllowance"/>.</summary>
    [Function(nameof(SearchOrchestrator))]
    public static async Task<string> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var stages = new StageLog(context);
        var search = new SearchInput(context.InstanceId, context.InstanceId);

        stages.Start(SearchStages.Resolve);
        // Failed attempts between stages are marked at this one.
        var retried = stages.Retried(SearchStages.Resolve);
        var inputs = await context.CallActivityAsync<ResolvedInputs>(nameof(ResolveInputsActivity), search, retried);
        stages.End(SearchStages.Resolve);

        if (inputs.NeedsLatency) await MeasureLatencyAsync(context, stages, search);
        await context.CallActivityAsync(nameof(CheckFeasibilityActivity), search, retried);

        // Side by side: the model's answers keep one worker waiting, the supernet keeps one busy.
        JobRef[] supernet = inputs.SupernetJob is { } job ? [job] : [];
        await JobWaiting.AllOrFirstFailureAsync(
            LabelAsync(context, stages, inputs, LabelAllowance.Of(context)),
            RunPreparedAsync(context, stages, SearchStages.Supernet, supernet));
        if (inputs.DistilsSupernet) await DistilSupernetAsync(context, stages, search);
        search = search with { Context = await context.CallActivityAsync<string>(nameof(FixContextActivity), search, retried) };

        var tallies = new List<(RunKind Run, RunTally Tally)>();
        RunKind[] runs = inputs.Compare ? [RunKind.Requested, RunKind.Comparison] : [RunKind.Requested];
        foreach (var run in runs) tallies.Add((run, await EvolveAsync(context, stages, search, run, inputs.Iterations)));

        stages.Start(SearchStages.Floors);
        var floors = await FloorsAsync(context, stages, search, tallies[0].Tally);
        stages.End(SearchStages.Floors);

        stages.Start(SearchStages.Verification);
        var verified = new List<VerifiedRun>();
        foreach (var (run, tally) in tallies) verified.Add(await VerifyAsync(context, stages, search, run, tally));
        stages.End(SearchStages.Verification);

        List<JobRef> trainings = [.. verified.Select(v => v.Training).OfType<JobRef>().DistinctBy(j => j.JobId)];
        if (inputs.TrainWinner)
        {
            if (inputs.TextTeacher is { } teacher && trainings.Exists(t => !t.Done))
                await TranslateTextAsync(context, stages, search, teacher);
            await RunPreparedAsync(context, stages, SearchStages.Training, trainings);
        }

        stages.Start(SearchStages.Report);
        var report = new ReportInput(search, verified, inputs.TrainWinner, stages.Seconds(), floors);
        var summary = await context.CallActivityAsync<string>(
            nameof(WriteReportActivity), report, stages.Retried(SearchStages.Report));
        stages.End(SearchStages.Report);
        return summary;
    }

    private static async Task<IReadOnlyList<JobRef>> FloorsAsync(
        TaskOrchestrationContext context, StageLog stages, SearchInput search, RunTally tally)
    {
        var input = new FloorsInput(search, tally.Of(RankerIds.Supernet).Scorings);
        var jobs = await context.CallActivityAsync<IReadOnlyList<JobRef>>(
            nameof(SubmitFloorsActivity), input, stages.Retried(SearchStages.Floors));
        stages.Jobs(SearchStages.Floors, jobs);
        await JobWaiting.AllOrFirstFailureAsync(jobs.Select(j => context.WaitForJobAsync(j)));
        return jobs;
    }

    private static async Task<VerifiedRun> VerifyAsync(
        TaskOrchestrationContext context, StageLog stages, SearchInput search, RunKind run, RunTally tally)
    {
        var job = await context.CallActivityAsync<JobRef>(
            nameof(SubmitVerificationActivity), new VerificationInput(search, run), stages.Retried(SearchStages.Verification));
        stages.Job(SearchStages.Verification, job);
        await context.WaitForJobAsync(job);
        var training = await context.CallActivityAsync<JobRef?>(
            nameof(ChooseWinnerActivity), new ChooseWinnerInput(search, run, job), stages.Retried(SearchStages.Verification));
        return new VerifiedRun(run, tally, job, training);
    }

    private static async Task RunPreparedAsync(TaskOrchestrationContext context, StageLog stages, string stage, IReadOnlyList<JobRef> jobs)
    {
        if (jobs.Count == 0) return;
        stages.Start(stage, jobs: jobs);
        foreach (var job in jobs.Where(j => !j.Done)) await SendAsync(context, stages, stage, job);
        await JobWaiting.AllOrFirstFailureAsync(jobs.Select(j => context.WaitForJobAsync(j)));
        stages.End(stage);
    }

    private static Task SendAsync(TaskOrchestrationContext context, StageLog stages, string stage, JobRef job) =>
        context.CallActivityAsync(nameof(SendJobActivity), new SendJobInput(job, context.InstanceId), stages.Retried(stage));

    private static async Task TranslateTextAsync(TaskOrchestrationContext context, StageLog stages, SearchInput search, JobRef teacher)
    {
        stages.Start(SearchStages.Text, jobs: [teacher]);
        if (!teacher.Done) await SendAsync(context, stages, SearchStages.Text, teacher);
        await context.WaitForJobAsync(teacher);
        var jobs = await context.CallActivityAsync<IReadOnlyList<JobRef>>(
            nameof(SubmitTranslationsActivity), search, stages.Retried(SearchStages.Text));
        stages.Jobs(SearchStages.Text, jobs);
        await JobWaiting.AllOrFirstFailureAsync(jobs.Select(j => context.WaitForJobAsync(j)));
        stages.End(SearchStages.Text);
    }

    private static async Task MeasureLatencyAsync(TaskOrchestrationContext context, StageLog stages, SearchInput search)
    {
        stages.Start(SearchStages.Latency);
        var job = await context.CallActivityAsync<JobRef>(nameof(SubmitLatencyActivity), search, stages.Retried(SearchStages.Latency));
        stages.Job(SearchStages.Latency, job);
        await context.WaitForJobAsync(job);
        var input = new FitLatencyInput(search.SearchId, job);
        await context.CallActivityAsync<double>(nameof(FitLatencyActivity), input, stages.Retried(SearchStages.Latency));
        stages.End(SearchStages.Latency);
    }

    private static async Task LabelAsync(
        TaskOrchestrationContext context, StageLog stages, ResolvedInputs inputs, LabelAllowance allowance)
    {
        if (inputs.NeedsPredictor) await DistilAsync(context, stages, inputs, allowance.Within(inputs.MaxCostUsd));
        allowance.Tell(context);
    }

    private static async Task DistilAsync(
        TaskOrchestrationContext context, StageLog stages, ResolvedInputs inputs, decimal? maxCostUsd)
    {
        var id = SearchInstances.Distillation(context.InstanceId);
        stages.Start(SearchStages.Distillation, child: id);
        var input = new DistillationInput(inputs.Task, inputs.Labels) { MaxCostUsd = maxCostUsd };
        await context.CallSubOrchestratorAsync<string>(
            nameof(DistillationOrchestrator), input, new SubOrchestrationOptions(new TaskOptions(), id));
        stages.End(SearchStages.Distillation);
    }

    private static async Task DistilSupernetAsync(TaskOrchestrationContext context, StageLog stages, SearchInput search)
    {
        stages.Start(SearchStages.Distillation);
        var job = await context.CallActivityAsync<JobRef>(
            nameof(SubmitSupernetDistillationActivity), search, stages.Retried(SearchStages.Distillation));
        stages.Job(SearchStages.Distillation, job);
        await context.WaitForJobAsync(job);
        stages.End(SearchStages.Distillation);
    }

    private static async Task<RunTally> EvolveAsync(
        TaskOrchestrationContext context, StageLog stages, SearchInput search, RunKind run, int iterations)
    {
        var stage = run == RunKind.Requested ? SearchStages.Search : SearchStages.Comparison;
        var id = SearchInstances.Run(context.InstanceId, run);
        stages.Start(stage, child: id);
        var input = new EvolutionInput(search, run, iterations, RunTally.Start);
        var options = new SubOrchestrationOptions(new TaskOptions(), id);
        var tally = await context.CallSubOrchestratorAsync<RunTally>(nameof(EvolutionOrchestrator), input, options);
        stages.End(stage);
        return tally;
    }
}
