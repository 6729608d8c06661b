using System.Globalization;
using HsNas.Contracts.Requests;
using HsNas.Evolution.Constraints;
using HsNas.Reporting;

namespace HsNas.Dashboard.Models;

/// <summary>The outcome of a search's runs as a table: a row a figure, a column a run.</summary>
public static class OutcomeTable
{
    /// <summary>The table.</summary>
    public static TableData Of(SearchResult result, ConstraintSet constraints)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(constraints);
        var runs = result.Runs;
        var rows = new List<IReadOnlyList<string>>();
        Row("Architecture", r => r.Winner is null ? "none kept the limits" : ArchitectureWords.Short(r.Winner.Architecture));
        foreach (var constraint in constraints) Figure(constraint, result.Request.Limits[constraint.Id]);
        Row("Validation loss, trained from scratch", r => r.Training is { } t ? Invariant($"{t.ValidLossBits:F3} bits") : Say.Unknown);
        Row("BLEU valid / test", r => r.Training is { } t ? Invariant($"{t.ValidBleu:F2} / {t.TestBleu:F2}") : Say.Unknown);
        Row("Search seconds, distilled / supernet phase", r => Invariant($"{r.DistilledSeconds:F1} / {r.SupernetSeconds:F1}"));
        Row("Supernet scorings", r => Say.Count(r.SupernetScorings));
        if (runs.Any(r => r.Work is not null)) Row("Scoring work", r => FloorWords.Work(r) ?? Say.Unknown);
        if (runs.Any(r => r.Notices.Count > 0)) Row("Notices", r => string.Join(' ', r.Notices));
        return new TableData(["", .. runs.Select(r => r.Name)], rows);

        void Figure(Constraint constraint, double? limit)
        {
            if (limit is null && constraint.IsFlag) return;
            var name = char.ToUpperInvariant(constraint.Name[0]) + constraint.Name[1..];
            Row(constraint.IsMeasured ? $"{name}, measured" : name, r =>
                r.Winner?.Value(constraint) is { } value ? constraint.Say(value) : Say.Unknown);
            if (limit is { } most) Row($"{name}, limit", _ => constraint.Say(most));
        }

        void Row(string name, Func<RunResult, string> cell) => rows.Add([name, .. runs.Select(cell)]);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
