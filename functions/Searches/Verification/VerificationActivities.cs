using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Functions.Hosting;
using HsNas.Functions.Jobs;
using HsNas.Functions.Searches.Contexts;
using HsNas.Functions.Searches.Files;
using HsNas.Kernel.Jobs;
using Microsoft.Azure.Functions.Worker;

namespace HsNas.Functions.Searches.Verification;

/// <summary>Input for one run of a search.</summary>
/// <param name="Search">The search.</param>
/// <param name="Run">Which run.</param>
public sealed record VerificationInput(SearchInput Search, RunKind Run);

/// <summary>Input of <see cref="ChooseWinnerActivity"/>.</summary>
/// <param name="Search">The search.</param>
/// <param name="Run">Which run.</param>
/// <param name="Verification">The finished measurement.</param>
public sealed record ChooseWinnerInput(SearchInput Search, RunKind Run, JobRef Verification);

/// <summary>Submits the measurement of a run's finalists: all distinct parents of its last generation, or points along its front.</summary>
public sealed class SubmitVerificationActivity(SearchFiles files, SearchContexts contexts, WorkerJobs jobs, PipelineOptions options)
{
    /// <summary>The submitted job.</summary>
    [Function(nameof(SubmitVerificationActivity))]
    public async Task<JobRef> RunAsync([ActivityTrigger] VerificationInput input, FunctionContext context)
    {
        var request = (await contexts.GetAsync(input.Search, context.CancellationToken)).Request;
        var finalists = await files.FinalistsAsync(input.Search.SearchId, input.Run, context.CancellationToken);
        var architectures = finalists.Architectures.Select(f => f.Architecture).ToList();
        // Named by device, not by search: the same finalists on the same device are not measured twice.
        var measurement = new MeasureLatencyInput(
            request.Task, architectures, options.VerificationRuns, options.LatencyBeam, options.VerificationPasses,
            $"finalists on {request.Device}")
        {
            Runtime = request.MeasuredRuntime,
        };
        return await jobs.SubmitAsync(JobKinds.MeasureLatency, measurement, input.Search.InstanceId, context.CancellationToken);
    }
}

/// <summary>
/// Chooses a run's winner: the best-scored finalist whose measured latency and costs keep every limit, or the knee of the
/// measured front where there are objectives. Prepares its training, unsent; null where no finalist keeps the limits.
/// </summary>
public sealed class ChooseWinnerActivity(Finalists finalists, SearchContexts contexts, WorkerJobs jobs, PipelineOptions options)
{
    /// <summary>The prepared training.</summary>
    [Function(nameof(ChooseWinnerActivity))]
    public async Task<JobRef?> RunAsync([ActivityTrigger] ChooseWinnerInput input, FunctionContext context)
    {
        var cancellation = context.CancellationToken;
        var measured = await finalists.JudgeAsync(input.Search, input.Run, input.Verification, cancellation);
        if (measured.Winner is not { } winner) return null;
        var search = await contexts.GetAsync(input.Search, cancellation);
        var training = search.Request.Winner is { } choice
            ? choice.ToTraining(search.Task, search.Plan.Dataset, winner.Architecture, options.TrainingSeed)
            : TrainFromScratchInput.Of(search.Task, search.Plan.Dataset, winner.Architecture, options.TrainingSeed);
        training = training with { DistilText = search.Plan.DistilText };
        return await jobs.SubmitAsync(JobKinds.TrainFromScratch, training, input.Search.InstanceId, cancellation, send: false);
    }
}
