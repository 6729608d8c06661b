using HsNas.Contracts.Jobs;
using HsNas.Contracts.Requests;
using HsNas.Functions.Jobs;
using HsNas.Functions.Predictors;
using HsNas.Functions.Searches.Files;
using HsNas.Functions.Searches.Preparation;
using HsNas.Spaces;

namespace HsNas.Functions.Searches.Verification;

/// <summary>How the best candidates of a finished run did when measured.</summary>
public sealed class Finalists(SearchFiles files, FeasibilityService feasibility, TaskStore tasks, WorkerJobs jobs)
{
    /// <summary>The finalists with their costs and measured latencies, best score first.</summary>
    public async Task<IReadOnlyList<Finalist>> JudgeAsync(string searchId, string run, SearchRequest request, JobRef verification, CancellationToken cancellationToken)
    {
        var finalists = await files.FinalistsAsync(searchId, run, cancellationToken);
        var (measured, _) = await jobs.ResultAsync<MeasureLatencyResult>(verification, cancellationToken);
        var latency = await feasibility.TryGetLatencyAsync(request.Device, request.Task, cancellationToken);
        var cost = CostModel.For(await tasks.GetAsync(request.Task, cancellationToken));
        return [.. finalists.Architectures.Zip(measured.Measurements, (finalist, measurement) =>
        {
            var figures = cost.Evaluate(finalist.Architecture);
            return new Finalist(finalist.Architecture, finalist.Score, figures.TotalGFlops, figures.GFlopsWithoutLastLayer,
                figures.ModelSizeMillions, latency?.PredictMs(finalist.Architecture), measurement, Violations(request, measurement));
        })];
    }

    private static List<string> Violations(SearchRequest request, LatencyMeasurement measurement) =>
        request.Limits.LatencyMs is { } limit && measurement.TotalMean > limit
            ? [FormattableString.Invariant($"measured latency {measurement.TotalMean:F2} ms is above the limit {limit:F2} ms")]
            : [];
}
