using System.Collections.Immutable;
using HsNas.Contracts;
using HsNas.Contracts.Fronts;
using HsNas.Contracts.Jobs;
using HsNas.Contracts.Requests;
using HsNas.Evolution.Constraints;
using HsNas.Evolution.Sessions;
using HsNas.Functions.Jobs;
using HsNas.Functions.Searches.Contexts;
using HsNas.Functions.Searches.Files;
using HsNas.Kernel.Jobs;

namespace HsNas.Functions.Searches.Verification;

/// <summary>How the best candidates of a finished run did when measured.</summary>
public sealed class Finalists(SearchFiles files, SearchContexts contexts, WorkerJobs jobs, ConstraintSet constraints)
{
    /// <summary>The finalists with the values of all constraints, computed or measured, best score first; and the front.</summary>
    public async Task<JudgedRun> JudgeAsync(
        SearchInput input, RunKind run, JobRef verification, CancellationToken cancellationToken)
    {
        var search = await contexts.GetAsync(input, cancellationToken);
        var finalists = await files.FinalistsAsync(input.SearchId, run, cancellationToken);
        var measured = await MeasuredAsync(search, verification, cancellationToken);
        var context = new ConstraintContext(search.Task, search.Latency);
        var limits = constraints.Resolve(search.Request.Limits);
        List<Finalist> judged = [.. finalists.Architectures.Zip(
            measured.Measurements, (finalist, measurement) => Judge(finalist, measurement, context, limits) with
            {
                PredictedBoundMs = search.Request.LatencyConfidence is null
                    ? null : search.LatencyInForce?.PredictMs(finalist.Architecture),
            })];
        if (finalists.Front is null) return new JudgedRun(judged, Front: null);

        var measurements = judged.ToDictionary(f => f.Architecture);
        var last = finalists.Trace[^1];
        var front = new Front
        {
            Objectives = search.Request.Objectives!,
            Metric = last.Metric,
            Direction = last.Direction,
            Points = [.. finalists.Front.Select(c =>
                Point(measurements.TryGetValue(c.Architecture, out var known) ? known : Judge(c, measurement: null, context, [])))],
        };
        return new JudgedRun(judged, FrontJudge.Judge(front, constraints.ResolveObjectives(front.Objectives)));
    }

    /// <summary>
    /// The measurement of a run's finalists, at the pace of the search's latency predictor: predicted and measured latencies are compared
    /// with one limit.
    /// </summary>
    public async Task<MeasureLatencyResult> MeasuredAsync(SearchContext search, JobRef verification, CancellationToken cancellationToken) =>
        (await jobs.ResultAsync<MeasureLatencyResult>(verification, cancellationToken)).Value
            .At(search.Latency?.Device, search.Latency?.PaceMs);

    private static FrontPoint Point(Finalist finalist) => new()
    {
        Architecture = finalist.Architecture,
        Score = finalist.Score,
        Values = finalist.Values,
        Predictions = finalist.Predictions,
        IsMeasured = finalist.Measured is not null,
        Violations = finalist.Violations,
    };

    private Finalist Judge(
        RankedArchitecture candidate, LatencyMeasurement? measurement, ConstraintContext context, IReadOnlyList<Limit> limits)
    {
        var known = constraints.Where(c => c.Missing(context) is null).ToImmutableSortedDictionary(
            c => c.Id, c => c.Value(candidate.Architecture, context), StringComparer.Ordinal);
        var measured = constraints.Where(c => c.IsMeasured).Select(c => c.Id);
        var finalist = new Finalist
        {
            Architecture = candidate.Architecture,
            Score = candidate.Score,
            Values = known.RemoveRange(measured),
            Predictions = known.RemoveRange(known.Keys.Except(measured)),
            Measured = measurement,
        };
        return finalist with
        {
            Violations =
            [
                .. limits.Select(l => l.Violation(finalist.Value(l.Constraint) ?? double.NaN, l.Constraint.IsMeasured)).OfType<string>(),
            ],
        };
    }
}
