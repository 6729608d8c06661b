using HsNas.Charts;
using HsNas.Contracts.Requests;

namespace HsNas.Dashboard.Models;

/// <summary>What labels took, over time.</summary>
public static class SpendFigures
{
    /// <summary>The points as a table.</summary>
    public static TableData Table(IReadOnlyList<SpendPoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        return new TableData(["After", "Answers used", "From the ledger", "Tokens", "Paid"], [.. points.Select(p => (IReadOnlyList<string>)
            [Say.Seconds(p.Seconds), Say.Count(p.Calls), Say.Count(Ledger(p)), Say.Count(p.Tokens), Say.Dollars(p.SpentUsd)])]);
    }

    /// <summary>
    /// Dollars with the line of the budget, tokens, and answers with those that came from the ledger: a chart each. Dollars are left out
    /// where a price is not known.
    /// </summary>
    /// <param name="points">Oldest first.</param>
    /// <param name="most">Most that may be paid; null for no limit.</param>
    public static IEnumerable<(string Title, string Svg)> Charts(IReadOnlyList<SpendPoint> points, double? most)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.All(p => p.SpentUsd is not null))
        {
            var paid = Line("paid", points, p => (double)p.SpentUsd!.Value);
            Series[] budget = most is { } limit ? [new Series("budget", [(0, limit), (points[^1].Seconds, limit)])] : [];
            yield return Chart("Paid for labels", "US dollars", [paid, .. budget]);
        }

        yield return Chart("Tokens of labels", "tokens", [Line("tokens", points, p => p.Tokens)]);
        yield return Chart("Answers", "answers", [Line("used", points, p => p.Calls), Line("from the ledger", points, p => Ledger(p))]);
    }

    private static int Ledger(SpendPoint point) => Math.Max(0, point.Calls - point.Bought);

    private static Series Line(string name, IReadOnlyList<SpendPoint> points, Func<SpendPoint, double> value) =>
        new(name, [(0, 0), .. points.Select(p => (p.Seconds, value(p)))]);

    private static (string Title, string Svg) Chart(string title, string unit, Series[] series) =>
        (title, LineChart.Render(title, "seconds since the labels were begun", unit, series));
}
