using System.Globalization;
using HsNas.Contracts.Requests;
using HsNas.Predictors;

namespace HsNas.Reporting;

/// <summary>What is said of a search beside the floors that it has to beat.</summary>
public static class FloorWords
{
    /// <summary>
    /// A sentence for the first line where a floor is as good as the winner, both by the supernet's loss; null where the winner is
    /// better than all, or cannot be compared.
    /// </summary>
    public static string? Warning(SearchResult result)
    {
        if (LossOf(result) is not { } loss) return null;
        var unbeaten = result.Floors.Where(f => f.LossBits <= loss).ToList();
        if (unbeaten.Count == 0) return null;
        var names = string.Join(" or ", unbeaten.Select(f => f.Name));
        return Say($"This search did not beat {names}: {unbeaten.Min(f => f.LossBits):F4} bits against its {loss:F4}.");
    }

    /// <summary>One sentence on all floors; null where there are none.</summary>
    public static string? Sentence(SearchResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Floors.Count == 0) return null;
        var winner = LossOf(result) is { } loss ? Say($"the winner {loss:F4}, ") : "";
        var floors = result.Floors.Select(f => Say($"{f.Name} {f.LossBits:F4}"));
        return $"Supernet loss, bits per token: {winner}{string.Join(", ", floors)}.";
    }

    /// <summary>What scoring took, beside scoring every candidate of every generation; null where no supernet ranked.</summary>
    public static string? Work(RunResult run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Work is not { } work ? null : Say(
            $"{work.Share:P1} of {work.Slots:N0} candidates on {work.Sentences:N0} sentences each; saved {1 - work.Share:P1}");
    }

    private static double? LossOf(SearchResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var run = result.Requested;
        return run.Winner is { } winner && run.Trace.Count > 0 && run.Trace[^1].Metric == Metrics.ValidationLoss ? winner.Score : null;
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
