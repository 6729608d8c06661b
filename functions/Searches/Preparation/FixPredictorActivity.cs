using HsNas.Contracts;
using HsNas.Functions.Predictors;
using HsNas.Functions.Searches.Files;
using HsNas.Kernel.Stores;
using Microsoft.Azure.Functions.Worker;

namespace HsNas.Functions.Searches.Preparation;

/// <summary>Fixes which distilled predictor a search uses, so that a promotion in its middle does not change it.</summary>
public sealed class FixPredictorActivity(SearchFiles files, PredictorStore predictors)
{
    /// <summary>Adds the champion's fingerprint to the plan, once.</summary>
    [Function(nameof(FixPredictorActivity))]
    public async Task RunAsync([ActivityTrigger] SearchInput input, FunctionContext context)
    {
        var plan = await files.PlanAsync(input.SearchId, context.CancellationToken);
        if (plan.Predictor.Length > 0) return;
        var champion = await predictors.TryGetChampionAsync(plan.Task, context.CancellationToken)
            ?? throw new ArtifactNotFoundException(BlobLayout.Champion(plan.Task));
        await files.FixPredictorAsync(input.SearchId, champion.Fingerprint, context.CancellationToken);
    }
}
