using HsNas.Contracts.Requests;

namespace HsNas.Cli.Screens;

/// <summary>The best score by generation, as far as somebody watched.</summary>
internal sealed class BestSoFar
{
    private const int Width = 30;

    private readonly SortedDictionary<long, double> _best = [];
    private string? _metric;

    /// <summary>Notes the best of the search's last generation. Another metric begins a row of its own.</summary>
    public void Note(SearchStatus status)
    {
        if (status.Stages.FirstOrDefault(s => s.Name == SearchStages.Search) is not { Best: { } best, Metric: { } metric, Done: var done })
            return;
        if (metric != _metric) _best.Clear();
        _metric = metric;
        _best[done] = best;
    }

    /// <summary>What was noted, in one line; null before the second generation.</summary>
    public string? Line => _best.Count < 2
        ? null : FormattableString.Invariant($"best {_metric} {Sparkline.Of([.. _best.Values], Width)} {_best.Values.Last():F3}");
}
