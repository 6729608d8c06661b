using HsNas.Charts;
using HsNas.Contracts.Requests;
using HsNas.Evolution.Constraints;
using HsNas.Predictors;
using HsNas.Reporting;

namespace HsNas.Dashboard.Models;

/// <summary>Two to five searches side by side.</summary>
/// <param name="Searches">The searches.</param>
/// <param name="Constraints">What may be limited.</param>
/// <param name="Unknown">Ids of which there is no search.</param>
public sealed record CompareModel(IReadOnlyList<ComparedSearch> Searches, ConstraintSet Constraints, IReadOnlyList<string> Unknown)
{
    /// <summary>Most searches that can be chosen to be compared.</summary>
    public const int Most = 5;

    /// <summary>Most searches of a sweep that are compared: more fronts than this hide each other.</summary>
    public const int MostOfSweep = 20;

    /// <summary>The sweep that they belong to; null where they were chosen one by one.</summary>
    public string? Sweep { get; init; }

    /// <summary>A row a search, a column a figure; the best of each column of figures is marked.</summary>
    public TableData Table
    {
        get
        {
            var columns = Columns().Where(c => Searches.Any(s => c.Figure(s) is not null || c.Words is not null)).ToList();
            var best = new HashSet<(int Row, int Column)>();
            for (var column = 0; column < columns.Count; column++)
            {
                if (columns[column].HighIsGood is not { } high) continue;
                var known = Searches.Select((s, row) => (Row: row, Value: columns[column].Figure(s)))
                    .Where(v => v.Value is not null).ToList();
                if (known.Select(v => v.Value).Distinct().Count() < 2) continue;
                var top = high ? known.Max(v => v.Value) : known.Min(v => v.Value);
                foreach (var value in known.Where(v => v.Value == top)) best.Add((value.Row, column));
            }

            return new TableData([.. columns.Select(c => c.Title)], [.. Searches.Select(s =>
                (IReadOnlyList<string>)[.. columns.Select(c => c.Words?.Invoke(s) ?? Say.Figure(c.Figure(s)))])]) { Best = best };
        }
    }

    /// <summary>The fronts over each other, for each metric that two of them share; empty where nothing was scored.</summary>
    public IEnumerable<(string Title, string Svg)> Fronts(string quantity)
    {
        var axis = Constraints.FirstOrDefault(c => c.Id == quantity);
        foreach (var metric in Searches.Where(s => s.Population is not null).GroupBy(s => s.Population!.Metric, StringComparer.Ordinal))
        {
            var groups = metric.Select(s => new PointGroup(s.Name, [.. s.Population!.Front(quantity)
                .Select(c => (c.Values[quantity], c.Score, (string?)ArchitectureWords.Short(c.Architecture)))]))
                .Where(g => g.Points.Count > 0).ToList();
            if (axis is null || groups.Count == 0) continue;
            var title = $"Fronts: {metric.Key} against {axis.Name}";
            yield return (title, ScatterChart.Render(title, $"{axis.Name} {axis.Unit}".TrimEnd(), metric.Key, groups, diagonal: false));
        }
    }

    private IEnumerable<Column> Columns()
    {
        yield return Text("search", s => s.Name);
        yield return Text("task", s => s.Request.Task);
        yield return Text("limits", s => new SearchListModel([], 0, [], [], Constraints).LimitsOf(s.Summary));
        yield return Text("state", s => s.Summary.State);
        yield return Text("seed", s => $"{s.Request.Evolution.Seed}");
        yield return Text("supernet", s => s.Request.Supernet.Kind);
        yield return Number("best loss, bits", false, s => s.Summary.Metric == Metrics.ValidationLoss ? s.Summary.Best : null);
        yield return Number("best predicted BLEU", true, s => s.Summary.Metric == Metrics.ValidationBleu ? s.Summary.Best : null);
        foreach (var constraint in Constraints.Where(c => !c.IsFlag))
        {
            var title = $"{constraint.Name}{(constraint.Unit.Length > 0 ? $", {constraint.Unit}" : "")}";
            yield return Number(title, false, s => s.Result?.Requested.Winner?.Value(constraint));
        }

        yield return Number("test BLEU", true, s => s.Result?.Requested.Training?.TestBleu);
        yield return Number("sentences scored", false, s => s.Result?.Requested.Work?.SentenceEvaluations);
        yield return Number("labels cost, $", false, s => (double?)s.Summary.CostUsd);
        yield return Number("seconds", false, s => s.Result?.StageSeconds.Values.Sum());
    }

    private static Column Text(string title, Func<ComparedSearch, string> words) => new(title, null, _ => null, words);

    private static Column Number(string title, bool high, Func<ComparedSearch, double?> figure) => new(title, high, figure, null);

    private sealed record Column(string Title, bool? HighIsGood, Func<ComparedSearch, double?> Figure, Func<ComparedSearch, string>? Words);
}

/// <summary>One of the searches that are compared.</summary>
/// <param name="Summary">Its line in the list.</param>
/// <param name="Request">What was asked for.</param>
/// <param name="Population">What was scored; null before anything was.</param>
/// <param name="Result">What it found; null before it is finished.</param>
public sealed record ComparedSearch(SearchSummary Summary, SearchRequest Request, Population? Population, SearchResult? Result)
{
    /// <summary>What it is called: the beginning of its id.</summary>
    public string Name => Summary.Id.Length <= 8 ? Summary.Id : Summary.Id[..8];
}
