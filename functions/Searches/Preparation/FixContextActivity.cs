using HsNas.Contracts;
using HsNas.Contracts.Requests;
using HsNas.Functions.Predictors;
using HsNas.Functions.Searches.Contexts;
using HsNas.Functions.Searches.Files;
using HsNas.Kernel.Stores;
using HsNas.Predictors;
using Microsoft.Azure.Functions.Worker;

namespace HsNas.Functions.Searches.Preparation;

/// <summary>
/// Fixes what a search's generations depend on, once everything is made: request, plan, task, latency predictor and
/// distilled predictor. Draws the first population of each run.
/// </summary>
public sealed class FixContextActivity(
    SearchFiles files, SearchContexts contexts, TaskStore tasks, PredictorStore predictors, IArtifactStore store)
{
    /// <summary>The hash of the context.</summary>
    [Function(nameof(FixContextActivity))]
    public async Task<string> RunAsync([ActivityTrigger] SearchInput input, FunctionContext context)
    {
        var cancellation = context.CancellationToken;
        var (hash, search) = await contexts.FixAsync(input.SearchId, () => CollectAsync(input.SearchId, cancellation), cancellation);
        var first = search.Engine.Start();
        await files.WriteStateAsync(input.SearchId, RunKind.Requested, 1, first, cancellation);
        if (search.Request.Compare) await files.WriteStateAsync(input.SearchId, RunKind.Comparison, 1, first, cancellation);
        return hash;
    }

    private async Task<StoredContext> CollectAsync(string searchId, CancellationToken cancellationToken)
    {
        var request = await files.RequestAsync(searchId, cancellationToken);
        var plan = await files.PlanAsync(searchId, cancellationToken);
        var (fingerprint, predictor) = await PredictorAsync(request, plan, cancellationToken);
        return new StoredContext(
            request,
            plan with { Predictor = fingerprint },
            await tasks.GetAsync(request.Task, cancellationToken),
            await store.TryReadAsync(BlobLayout.LatencyModel(request.LatencyName, request.Task), cancellationToken),
            predictor);
    }

    private async Task<(string Fingerprint, StoredPredictor? Predictor)> PredictorAsync(
        SearchRequest request, SearchPlan plan, CancellationToken cancellationToken)
    {
        if (!request.UsesDistilled) return (plan.Predictor, null);
        if (!request.UsesLanguageModel)
        {
            var distilled = await store.ReadAsync(BlobLayout.Predictor(plan.Task, plan.Predictor), cancellationToken);
            return (plan.Predictor, new StoredPredictor(
                distilled, Range: null, DistilledPredictor.SupernetName, Metrics.NegatedValidationLoss));
        }

        var champion = await predictors.TryGetChampionAsync(plan.Task, cancellationToken)
            ?? throw new ArtifactNotFoundException(BlobLayout.Champion(plan.Task));
        var model = await store.ReadAsync(BlobPath.Parse(champion.Model), cancellationToken);
        return (champion.Fingerprint, new StoredPredictor(
            model, champion.Range, DistilledPredictor.LanguageModelName, Metrics.ValidationBleu));
    }
}
