using HsNas.Functions.Tasks;
using HsNas.Shared.Architectures;
using HsNas.Shared.Messaging;
using HsNas.Shared.Requests;

namespace HsNas.Functions.Jobs;

/// <summary>How the best candidates of a finished run did when measured.</summary>
internal sealed class Finalists(SearchFiles files, FeasibilityService feasibility, TaskStore tasks, WorkerJobs jobs)
{
    /// <summary>The finalists with their costs and measured latencies, best score first.</summary>
    public async Task<IReadOnlyList<Finalist>> JudgeAsync(string searchId, string run, SearchRequest request, IReadOnlyList<JobRef> verifications, CancellationToken cancellationToken)
    {
        var finalists = await files.FinalistsAsync(searchId, run, cancellationToken);
        var measured = await FastestAsync(verifications, cancellationToken);
        var latency = await feasibility.TryGetLatencyAsync(request.Device, request.Task, cancellationToken);
        var cost = CostModel.For(await tasks.GetAsync(request.Task, cancellationToken));
        return [.. finalists.Architectures.Zip(measured, (finalist, measurement) =>
        {
            var figures = cost.Evaluate(finalist.Architecture);
            return new Finalist(finalist.Architecture, finalist.Score, figures.TotalGFlops, figures.GFlopsWithoutLastLayer,
                figures.ModelSizeMillions, latency?.PredictMs(finalist.Architecture), measurement, Violations(request, measurement));
        })];
    }

    // A busy device measures too slow, never too fast: of repeated measurements the fastest is the nearest to the truth.
    private async Task<IReadOnlyList<LatencyMeasurement>> FastestAsync(IReadOnlyList<JobRef> verifications, CancellationToken cancellationToken)
    {
        var repeats = new List<IReadOnlyList<LatencyMeasurement>>();
        foreach (var job in verifications) repeats.Add((await jobs.ResultAsync<MeasureLatencyResult>(job, cancellationToken)).Value.Measurements);
        return [.. Enumerable.Range(0, repeats[0].Count).Select(i => repeats.Select(r => r[i]).MinBy(m => m.TotalMean)!)];
    }

    private static List<string> Violations(SearchRequest request, LatencyMeasurement measurement) =>
        request.Limits.LatencyMs is { } limit && measurement.TotalMean > limit
            ? [FormattableString.Invariant($"measured latency {measurement.TotalMean:F2} ms is above the limit {limit:F2} ms")]
            : [];
}
