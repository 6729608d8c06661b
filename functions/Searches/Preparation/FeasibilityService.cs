using HsNas.Contracts;
using HsNas.Contracts.Requests;
using HsNas.Evolution.Constraints;
using HsNas.Functions.Predictors;
using HsNas.Kernel.Stores;
using HsNas.Kernel.Validation;
using HsNas.Predictors.Latency;

namespace HsNas.Functions.Searches.Preparation;

/// <summary>Limits of a request against the task's cost model and the device's latency predictor.</summary>
public sealed class FeasibilityService(TaskStore tasks, IArtifactStore store, ConstraintSet constraints)
{
    /// <summary>
    /// Returns if the limits can be met. Without a latency predictor, or with <paramref name="withLatency"/> false, the
    /// limits that need one are not looked at yet.
    /// </summary>
    /// <exception cref="OptionException">The device's latency predictor gives no bounds at the request's confidence.</exception>
    /// <exception cref="InfeasibleSearchException">No architecture keeps the limits; the message names the least possible
    /// value.</exception>
    public async Task EnsurePossibleAsync(SearchRequest request, bool withLatency, CancellationToken cancellationToken)
    {
        var latency = withLatency ? await TryGetLatencyAsync(request, cancellationToken) : null;
        var context = new ConstraintContext(await tasks.GetAsync(request.Task, cancellationToken), latency);
        var limits = constraints.Resolve(request.Limits).Where(l => l.Constraint.Missing(context) is null);
        try
        {
            new FeasibilityChecker(context, limits).EnsurePossible();
        }
        catch (InfeasibleSearchException e) when (latency is not null && request.LatencyConfidence is not null)
        {
            throw new InfeasibleSearchException(
                FormattableString.Invariant($"{e.Message} Latencies are upper bounds at confidence {request.LatencyConfidence}."), e.Floor);
        }
    }

    /// <summary>
    /// What the request's latency limit is compared with: predictions of its device, or bounds at its confidence; null where the
    /// device was not measured yet.
    /// </summary>
    private async Task<ILatencyPredictor?> TryGetLatencyAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        var path = BlobLayout.LatencyModel(request.LatencyName, request.Task);
        if (await store.TryReadAsync(path, cancellationToken) is not { } blob) return null;
        var predictor = LatencyPredictor.Load(new MemoryStream(blob), path.ToString());
        return request.LatencyConfidence is { } confidence ? predictor.AtConfidence(confidence) : predictor;
    }
}
