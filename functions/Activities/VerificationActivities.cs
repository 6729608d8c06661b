using HsNas.Functions.Hosting;
using HsNas.Functions.Jobs;
using HsNas.Functions.Orchestrations;
using HsNas.Functions.Tasks;
using HsNas.Shared.Messaging;
using Microsoft.Azure.Functions.Worker;

namespace HsNas.Functions.Activities;

/// <summary>Input for one run of a search.</summary>
/// <param name="Search">The search.</param>
/// <param name="Run">Name of the run.</param>
public sealed record RunInput(SearchInput Search, string Run);

/// <summary>Input of <see cref="ChooseWinnersActivity"/>.</summary>
/// <param name="Search">The search.</param>
/// <param name="Runs">Its finished runs.</param>
/// <param name="Verifications">Their measurements, in the same order.</param>
public sealed record ChooseWinnersInput(SearchInput Search, IReadOnlyList<EvolutionProgress> Runs, IReadOnlyList<JobRef> Verifications);

/// <summary>Submits the measurement of a run's finalists: all distinct parents of its last generation.</summary>
internal sealed class SubmitVerificationActivity(SearchFiles files, WorkerJobs jobs, PipelineOptions options)
{
    /// <summary>The submitted job.</summary>
    [Function(nameof(SubmitVerificationActivity))]
    public async Task<JobRef> RunAsync([ActivityTrigger] RunInput input, FunctionContext context)
    {
        var request = await files.RequestAsync(input.Search.SearchId, context.CancellationToken);
        var finalists = await files.FinalistsAsync(input.Search.SearchId, input.Run, context.CancellationToken);
        var architectures = finalists.Architectures.Select(f => f.Architecture).ToList();
        // The search's id makes this measurement its own: an earlier one says nothing about the device today.
        var measurement = new MeasureLatencyInput(request.Task, architectures, options.VerificationRuns, options.LatencyBeam, $"{input.Search.SearchId}/{input.Run}");
        return await jobs.SubmitAsync(JobKinds.MeasureLatency, measurement, input.Search.InstanceId, context.CancellationToken);
    }
}

/// <summary>
/// Chooses each run's winner: the best-scored finalist whose measured latency and costs keep every limit. Prepares its training,
/// unsent; null for a run without a winner.
/// </summary>
internal sealed class ChooseWinnersActivity(Finalists finalists, SearchFiles files, TaskStore tasks, WorkerJobs jobs, PipelineOptions options)
{
    /// <summary>One prepared training a run.</summary>
    [Function(nameof(ChooseWinnersActivity))]
    public async Task<IReadOnlyList<JobRef?>> RunAsync([ActivityTrigger] ChooseWinnersInput input, FunctionContext context)
    {
        var cancellation = context.CancellationToken;
        var request = await files.RequestAsync(input.Search.SearchId, cancellation);
        var plan = await files.PlanAsync(input.Search.SearchId, cancellation);
        var recipe = (await tasks.GetAsync(request.Task, cancellation)).Training!;
        var trainings = new List<JobRef?>();
        foreach (var (run, verification) in input.Runs.Zip(input.Verifications))
        {
            var measured = await finalists.JudgeAsync(input.Search.SearchId, run.Run, request, verification, cancellation);
            var winner = measured.FirstOrDefault(f => f.Violations.Count == 0);
            trainings.Add(winner is null ? null : await jobs.SubmitAsync(
                JobKinds.TrainFromScratch,
                new TrainFromScratchInput(plan.Task, plan.Dataset, winner.Architecture, recipe.ScratchSteps, recipe.ScratchWarmup, options.TrainingSeed),
                input.Search.InstanceId, cancellation, send: false));
        }

        return trainings;
    }
}
