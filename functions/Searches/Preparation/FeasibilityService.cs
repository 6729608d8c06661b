using HsNas.Contracts;
using HsNas.Contracts.Requests;
using HsNas.Evolution.Constraints;
using HsNas.Functions.Predictors;
using HsNas.Kernel.Stores;
using HsNas.Predictors.Latency;

namespace HsNas.Functions.Searches.Preparation;

/// <summary>Limits of a request against the task's cost model and the device's latency predictor.</summary>
public sealed class FeasibilityService(TaskStore tasks, IArtifactStore store, ConstraintSet constraints)
{
    /// <summary>
    /// Returns if the limits can be met. Without a latency predictor, or with <paramref name="withLatency"/> false, the
    /// limits that need one are not looked at yet.
    /// </summary>
    /// <exception cref="InfeasibleSearchException">No architecture keeps the limits; the message names the least possible
    /// value.</exception>
    public async Task EnsurePossibleAsync(SearchRequest request, bool withLatency, CancellationToken cancellationToken)
    {
        var latency = withLatency ? await TryGetLatencyAsync(request.Device, request.Task, cancellationToken) : null;
        var context = new ConstraintContext(await tasks.GetAsync(request.Task, cancellationToken), latency);
        var limits = constraints.Resolve(request.Limits).Where(l => l.Constraint.Missing(context) is null);
        new FeasibilityChecker(context, limits).EnsurePossible();
    }

    /// <summary>The device's latency predictor for a task; null where none was made.</summary>
    private async Task<LatencyPredictor?> TryGetLatencyAsync(string device, string task, CancellationToken cancellationToken)
    {
        var path = BlobLayout.LatencyModel(device, task);
        return await store.TryReadAsync(path, cancellationToken) is { } blob
            ? LatencyPredictor.Load(new MemoryStream(blob), path.ToString())
            : null;
    }
}
