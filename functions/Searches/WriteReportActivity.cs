using System.Text.Json;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Contracts.Requests;
using HsNas.Evolution.Constraints;
using HsNas.Functions.Hosting;
using HsNas.Functions.Jobs;
using HsNas.Functions.Predictors;
using HsNas.Functions.Searches.Evolution;
using HsNas.Functions.Searches.Files;
using HsNas.Functions.Searches.Preparation;
using HsNas.Functions.Searches.Verification;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using HsNas.Reporting;
using Microsoft.Azure.Functions.Worker;

namespace HsNas.Functions.Searches;

/// <summary>Input of <see cref="WriteReportActivity"/>.</summary>
/// <param name="Search">The search.</param>
/// <param name="Runs">Its runs, verified.</param>
/// <param name="Trained">Whether winners were trained.</param>
/// <param name="StageSeconds">Seconds by stage.</param>
public sealed record ReportInput(
    SearchInput Search, IReadOnlyList<VerifiedRun> Runs, bool Trained, IReadOnlyDictionary<string, double> StageSeconds);

/// <summary>Writes result.json and report.html.</summary>
public sealed class WriteReportActivity(
    SearchFiles files, Finalists finalists, PredictorStore predictors, FeasibilityService feasibility, WorkerJobs jobs, IArtifactStore store, PipelineOptions options,
    ConstraintSet constraints)
{
    /// <summary>One sentence on the outcome.</summary>
    [Function(nameof(WriteReportActivity))]
    public async Task<string> RunAsync([ActivityTrigger] ReportInput input, FunctionContext context)
    {
        var (id, cancellation) = (input.Search.SearchId, context.CancellationToken);
        var request = await files.RequestAsync(id, cancellation);
        var plan = await files.PlanAsync(id, cancellation);
        var champion = request.UsesLanguageModel ? await predictors.GetAsync(plan.Task, plan.Predictor, cancellation) : null;
        var results = new List<RunResult>();
        foreach (var run in input.Runs) results.Add(await ResultAsync(input, run, request, cancellation));
        var (measured, _) = await jobs.ResultAsync<MeasureLatencyResult>(input.Runs[0].Verification, cancellation);
        var result = new SearchResult
        {
            Id = id,
            Request = request,
            Dataset = plan.Dataset,
            DeviceFingerprint = measured.Device,
            HsNas = results[0],
            Hat = results.Count > 1 ? results[1] : null,
            StageSeconds = input.StageSeconds,
            Labels = champion?.Labels,
            Predictor = champion?.Quality,
            PredictorReason = champion?.Reason,
            DistilledSupernet = await SupernetStudentAsync(request, plan, cancellation),
            LatencyMape = (await feasibility.TryGetLatencyAsync(request.Device, request.Task, cancellation))?.Score.Mape,
        };
        await store.WriteAsync(BlobLayout.Search(id, "result.json"), JsonSerializer.SerializeToUtf8Bytes(result, Json.Indented), cancellation);
        await store.WriteTextAsync(BlobLayout.Search(id, "report.html"), SearchReport.Render(result, constraints), cancellation);
        return SearchReport.Summary(result);
    }

    private async Task<DistilledSupernetRecord?> SupernetStudentAsync(SearchRequest request, SearchPlan plan, CancellationToken cancellationToken)
    {
        if (!request.UsesDistilled || request.UsesLanguageModel) return null;
        var job = WorkerJobs.RefOf(JobKinds.TrainRegressor, SubmitSupernetStudentActivity.InputOf(plan, request.Labels, options.Seed));
        var (trained, _) = await jobs.ResultAsync<TrainRegressorResult>(job, cancellationToken);
        return new DistilledSupernetRecord(trained.Model, request.Labels, trained.FitRmse, trained.HeldOutRmse);
    }

    private async Task<RunResult> ResultAsync(ReportInput input, VerifiedRun verified, SearchRequest request, CancellationToken cancellationToken)
    {
        var run = verified.Run;
        var ended = await files.FinalistsAsync(input.Search.SearchId, run.Run, cancellationToken);
        var judged = await finalists.JudgeAsync(input.Search.SearchId, run.Run, request, verified.Verification, cancellationToken);
        return new RunResult
        {
            Name = RunNames.Of(request, run.Run == GenerationService.HsNas),
            Winner = judged.FirstOrDefault(f => f.Violations.Count == 0),
            Finalists = judged,
            Trace = ended.Trace,
            DistilledSeconds = run.DistilledSeconds,
            SupernetSeconds = run.SupernetSeconds,
            SupernetScorings = run.Scorings,
            Training = input.Trained && verified.Training is { } job ? (await jobs.ResultAsync<TrainFromScratchResult>(job, cancellationToken)).Value : null,
        };
    }
}
