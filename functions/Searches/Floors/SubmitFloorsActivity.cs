using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Contracts.Requests;
using HsNas.Contracts.Stored;
using HsNas.Evolution.Racing;
using HsNas.Functions.Jobs;
using HsNas.Functions.Searches.Contexts;
using HsNas.Functions.Searches.Evolution;
using HsNas.Functions.Searches.Evolution.Rankers;
using HsNas.Functions.Searches.Files;
using HsNas.Kernel.Jobs;
using HsNas.Spaces;
using Microsoft.Azure.Functions.Worker;

namespace HsNas.Functions.Searches.Floors;

/// <summary>Input of <see cref="SubmitFloorsActivity"/>.</summary>
/// <param name="Search">The search.</param>
/// <param name="Scorings">Candidates that its run scored, in full or in part.</param>
public sealed record FloorsInput(SearchInput Search, int Scorings);

/// <summary>Submits the scoring of what simpler ways than the search would have found, once its run is over.</summary>
public sealed class SubmitFloorsActivity(SearchContexts contexts, SearchFiles files, ScoreBook scores, WorkerJobs jobs)
{
    /// <summary>
    /// The jobs, in the order in which <see cref="FloorReader"/> reads them; none where the search uses no supernet, or looks for a
    /// front, which no single loss can be compared with.
    /// </summary>
    [Function(nameof(SubmitFloorsActivity))]
    public async Task<IReadOnlyList<JobRef>> RunAsync([ActivityTrigger] FloorsInput floors, FunctionContext context)
    {
        var (input, cancellation) = (floors.Search, context.CancellationToken);
        var search = await contexts.GetAsync(input, cancellation);
        var run = new RunContext(search, input, RunKind.Requested);
        var own = await scores.OwnAsync(run, cancellation);
        if (own.Blocks.Count == 0 || search.Request.Objectives is not null) return [];
        var cost = CostModel.For(search.Task);
        var depth = await FloorCandidates.WinnerAsync(search, FloorNames.Depth, a => a.DecoderLayers, cancellation);
        var parameters = await FloorCandidates.WinnerAsync(
            search, FloorNames.Parameters, a => cost.Evaluate(a).ModelSize, cancellation);
        var ended = await files.FinalistsAsync(input.SearchId, run.Run, cancellation);
        var work = RunWork.Of(search.Request, ended.Trace, own, floors.Scorings);
        var budget = Math.Max(1, (int)Math.Round(work.SentenceEvaluations / (double)work.Sentences));
        var random = FloorCandidates.Random(search, budget);
        return
        [
            await SubmitAsync(search, input, [depth, parameters], race: null, cancellation),
            await SubmitAsync(search, input, random, BestOf(random), cancellation),
        ];
    }

    // Only the best counts, so only who may be the best is scored further.
    private static RaceInput BestOf(IReadOnlyList<Architecture> random) =>
        new(RaceRules.SameParents, Parents: 1, Exact: 1, [.. random.Select(a => new LossRecord(a, []))], []);

    private Task<JobRef> SubmitAsync(
        SearchContext search, SearchInput input, IReadOnlyList<Architecture> architectures, RaceInput? race, CancellationToken cancellation)
    {
        var plan = search.Plan;
        var job = new ScoreInput(plan.Task, plan.Dataset, plan.Supernet, architectures) { Race = race };
        return jobs.SubmitAsync(JobKinds.Score, job, input.InstanceId, cancellation);
    }
}
