using HsNas.Contracts.Requests;
using HsNas.Contracts.Stored;
using HsNas.Dashboard.Models;
using HsNas.Evolution.Constraints;
using HsNas.Evolution.Racing;
using HsNas.Functions.Searches.Contexts;
using HsNas.Predictors;
using HsNas.Spaces;

namespace HsNas.Functions.Searches.Evolution;

/// <summary>What a search scored, ready to be drawn.</summary>
/// <param name="constraints">Quantities that candidates have.</param>
public sealed class Populations(ConstraintSet constraints)
{
    /// <summary>
    /// Candidates that the supernet scored on the whole text; where no supernet was used, the finalists. Null before there is either.
    /// </summary>
    /// <param name="context">The search.</param>
    /// <param name="losses">What its run scored; null where it scored nothing.</param>
    /// <param name="result">What it found; null before it is finished.</param>
    /// <param name="known">The population as it was before, whose values need not be computed again.</param>
    internal Population? Of(SearchContext context, LossFile? losses, SearchResult? result, Population? known = null)
    {
        var finalists = result?.Requested.Finalists ?? [];
        var ranks = finalists.Select((f, i) => (f, i)).ToDictionary(f => f.f.Architecture.Key, f => f.i, StringComparer.Ordinal);
        var values = (known?.Candidates ?? []).ToDictionary(c => c.Architecture.Key, c => c.Values, StringComparer.Ordinal);
        var scope = new ConstraintContext(context.Task, context.Latency);
        var all = new List<Candidate>();
        foreach (var (number, record) in (losses?.Records ?? []).Index())
        {
            if (!losses!.IsComplete(record)) continue;
            var key = record.Architecture.Key;
            var computed = values.GetValueOrDefault(key) ?? ValuesOf(record.Architecture, scope);
            all.Add(new Candidate(number, record.Architecture, TotalLoss.Bits(record, losses.Blocks), computed));
        }

        if (all.Count > 0) return new Population(Metrics.ValidationLoss, false, [.. all.Select(c => Judged(c, ranks, finalists, result))]);
        if (finalists.Count == 0 || result!.Requested.Trace.Count == 0) return null;
        var last = result.Requested.Trace[^1];
        return new Population(last.Metric, last.Direction == MetricDirection.HigherIsBetter, [.. finalists.Select((f, i) => Judged(
            new Candidate(i, f.Architecture, f.Score, ValuesOf(f.Architecture, scope)), ranks, finalists, result))]);
    }

    private Dictionary<string, double> ValuesOf(Architecture architecture, ConstraintContext scope) =>
        constraints.Where(c => !c.IsFlag && c.Missing(scope) is null)
            .ToDictionary(c => c.Id, c => c.Value(architecture, scope), StringComparer.Ordinal);

    private Candidate Judged(Candidate candidate, Dictionary<string, int> ranks, IReadOnlyList<Finalist> finalists, SearchResult? result)
    {
        if (!ranks.TryGetValue(candidate.Architecture.Key, out var rank)) return candidate;
        var finalist = finalists[rank];
        return candidate with
        {
            Role = result?.Requested.Winner?.Architecture == candidate.Architecture ? CandidateRole.Winner : CandidateRole.Finalist,
            Rank = rank + 1,
            Measured = constraints.Where(c => c.IsMeasured && finalist.Value(c) is not null)
                .ToDictionary(c => c.Id, c => finalist.Value(c)!.Value, StringComparer.Ordinal),
            Violations = finalist.Violations,
        };
    }
}
