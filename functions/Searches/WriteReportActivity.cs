using System.Text.Json;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Contracts.Requests;
using HsNas.Contracts.Supernets;
using HsNas.Dashboard;
using HsNas.Evolution.Constraints;
using HsNas.Evolution.Ranking;
using HsNas.Functions.Hosting;
using HsNas.Functions.Jobs;
using HsNas.Functions.Predictors;
using HsNas.Functions.Searches.Contexts;
using HsNas.Functions.Searches.Evolution;
using HsNas.Functions.Searches.Evolution.Rankers;
using HsNas.Functions.Searches.Files;
using HsNas.Functions.Searches.Floors;
using HsNas.Functions.Searches.Preparation;
using HsNas.Functions.Searches.Verification;
using HsNas.Kernel;
using HsNas.Kernel.Jobs;
using HsNas.Kernel.Stores;
using HsNas.Reporting;
using Microsoft.Azure.Functions.Worker;

namespace HsNas.Functions.Searches;

/// <summary>Input of <see cref="WriteReportActivity"/>.</summary>
/// <param name="Search">The search.</param>
/// <param name="Runs">Its runs, verified.</param>
/// <param name="Trained">Whether winners were trained.</param>
/// <param name="StageSeconds">Seconds by stage.</param>
/// <param name="Floors">Jobs that scored what simpler ways would have found.</param>
public sealed record ReportInput(
    SearchInput Search, IReadOnlyList<VerifiedRun> Runs, bool Trained, IReadOnlyDictionary<string, double> StageSeconds,
    IReadOnlyList<JobRef> Floors);

/// <summary>Writes result.json and report.html.</summary>
public sealed class WriteReportActivity(
    SearchFiles files, SearchContexts contexts, Finalists finalists, PredictorStore predictors, WorkerJobs jobs, ScoreBook scores,
    Populations populations, IArtifactStore store, PipelineOptions options, ConstraintSet constraints, SupernetKinds kinds)
{
    /// <summary>One sentence on the outcome.</summary>
    [Function(nameof(WriteReportActivity))]
    public async Task<string> RunAsync([ActivityTrigger] ReportInput input, FunctionContext context)
    {
        var (id, cancellation) = (input.Search.SearchId, context.CancellationToken);
        var search = await contexts.GetAsync(input.Search, cancellation);
        var (request, plan) = (search.Request, search.Plan);
        var champion = request.UsesLanguageModel ? await predictors.GetAsync(plan.Task, plan.Predictor, cancellation) : null;
        var results = new List<RunResult>();
        foreach (var run in input.Runs) results.Add(await ResultAsync(input, run, search, cancellation));
        var measured = await finalists.MeasuredAsync(search, input.Runs[0].Verification, cancellation);
        var result = new SearchResult
        {
            Id = id,
            Request = request,
            Dataset = plan.Dataset,
            DeviceFingerprint = measured.Device,
            Runs = results,
            StageSeconds = input.StageSeconds,
            Labels = champion?.Labels,
            Predictor = champion?.Quality,
            PredictorReason = champion?.Reason,
            DistilledSupernet = await DistilledSupernetAsync(request, plan, cancellation),
            Floors = await FloorReader.ReadAsync(jobs, input.Floors, cancellation),
            LatencyMape = search.Latency?.Score.Mape,
            DevicePaceShare = measured.PaceShare,
        };
        await store.WriteAsync(BlobLayout.ResultFile(id), JsonSerializer.SerializeToUtf8Bytes(result, Json.Indented), cancellation);
        var losses = await scores.OwnAsync(new RunContext(search, input.Search, RunKind.Requested), cancellation);
        var report = await Report.RenderAsync(result, constraints, populations.Of(search, losses, result));
        await store.WriteTextAsync(BlobLayout.ReportFile(id), report, cancellation);
        return SearchReport.Summary(result);
    }

    private async Task<DistilledSupernetRecord?> DistilledSupernetAsync(
        SearchRequest request, SearchPlan plan, CancellationToken cancellationToken)
    {
        if (!request.UsesDistilled || request.UsesLanguageModel) return null;
        var job = WorkerJobs.RefOf(JobKinds.TrainRegressor, SubmitSupernetDistillationActivity.InputOf(plan, request.Labels, options.Seed));
        var (trained, _) = await jobs.ResultAsync<TrainRegressorResult>(job, cancellationToken);
        return new DistilledSupernetRecord(trained.Model, request.Labels, trained.FitRmse, trained.HeldOutRmse);
    }

    private async Task<RunResult> ResultAsync(
        ReportInput input, VerifiedRun verified, SearchContext search, CancellationToken cancellationToken)
    {
        var (run, tally, request) = (verified.Run, verified.Tally, search.Request);
        var ended = await files.FinalistsAsync(input.Search.SearchId, run, cancellationToken);
        var losses = await scores.OwnAsync(new RunContext(search, input.Search, run), cancellationToken);
        var judged = await finalists.JudgeAsync(input.Search, run, verified.Verification, cancellationToken);
        return new RunResult
        {
            Kind = run,
            Name = RunNames.Of(request, run, kinds),
            Winner = judged.Winner,
            Finalists = judged.Finalists,
            FinalistsOverLatency = LatencyPromise.ShareOver(judged.Finalists, request.Limits.LatencyMs),
            Front = judged.Front,
            Trace = ended.Trace,
            DistilledSeconds = tally.Of(RankerIds.Distilled).Seconds,
            SupernetSeconds = tally.Of(RankerIds.Supernet).Seconds,
            SupernetScorings = tally.Of(RankerIds.Supernet).Scorings,
            Work = losses.Blocks.Count == 0
                ? null : RunWork.Of(request, ended.Trace, losses, tally.Of(RankerIds.Supernet).Scorings),
            ScoredFront = judged.Front is null ? ScoredFront.Of(search, losses) : [],
            Rankers = tally.Rankers,
            Notices = ended.Notices,
            Training = input.Trained && verified.Training is { } job
                ? (await jobs.ResultAsync<TrainFromScratchResult>(job, cancellationToken)).Value
                : null,
        };
    }
}
