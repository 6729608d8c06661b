using HsNas.Evolution.Sessions;
using HsNas.Functions.Hosting;
using HsNas.Functions.Searches.Contexts;
using HsNas.Functions.Searches.Evolution.Rankers;
using HsNas.Functions.Searches.Files;
using Microsoft.Azure.Functions.Worker;

namespace HsNas.Functions.Searches.Evolution;

/// <summary>
/// One step of a search, from blob to blob. Everything it writes is a function of what it read, so a step that is taken again
/// after a kill leaves the same blobs. Where a predictor in this process ranks, it reads one blob and writes one.
/// </summary>
public sealed class EvolveActivity(SearchContexts contexts, SearchFiles files, IEnumerable<IRankerSource> rankers)
{
    /// <summary>What became of the generation.</summary>
    [Function(nameof(EvolveActivity))]
    public async Task<GenerationStep> RunAsync([ActivityTrigger] GenerationInput input, FunctionContext context)
    {
        var (id, cancellation) = (input.Search.SearchId, context.CancellationToken);
        var search = await contexts.GetAsync(input.Search, cancellation);
        var session = new SearchSession(search.Engine, new RankerChoice(rankers, new RunContext(search, input.Search, input.Run)));
        var state = await files.StateAsync(id, input.Run, input.Generation, cancellation);
        var step = await session.StepAsync(state, input.Finished, cancellation);
        if (step.Waiting.Count == 0)
        {
            FunctionsTelemetry.Evaluated(step.NewScores, step.Ranker);
            if (step.Finalists is { } finalists) await files.WriteFinalistsAsync(id, input.Run, finalists, cancellation);
            await files.WriteStateAsync(id, input.Run, input.Generation + 1, step.State, cancellation);
        }

        return new GenerationStep(step.Waiting, step.State.Finished, step.Ranker, step.NewScores, step.State.Best?.Score, step.Metric);
    }
}
