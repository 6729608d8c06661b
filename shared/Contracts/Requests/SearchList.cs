using HsNas.Evolution.Constraints;

namespace HsNas.Contracts.Requests;

/// <summary>Answer of <c>GET /api/searches</c>: one page, newest search first.</summary>
/// <param name="Searches">The searches of the page.</param>
/// <param name="Next">Continuation token of the next page, for the query's <c>after</c>; null behind the last page.</param>
public sealed record SearchList(IReadOnlyList<SearchSummary> Searches, string? Next);

/// <summary>A search in one line. It is made of what the task hub knows, so it costs no look at the search's jobs.</summary>
/// <param name="Id">The search.</param>
/// <param name="Task">Name of its task.</param>
/// <param name="Device">Name of its device.</param>
/// <param name="Limits">Its hard limits.</param>
/// <param name="State">Durable runtime status: Pending, Running, Suspended, Completed, Failed or Terminated.</param>
/// <param name="Phase">The last stage that was begun, one of <see cref="SearchStages.All"/>; null before the first.</param>
/// <param name="Started">When it was accepted, UTC.</param>
/// <param name="Changed">When anything last changed in it, UTC.</param>
public sealed record SearchSummary(
    string Id, string Task, string Device, SearchConstraints Limits, string State, string? Phase, DateTimeOffset Started,
    DateTimeOffset Changed)
{
    /// <summary>Best score of its last ranked generation, in <see cref="Metric"/>; null before the first.</summary>
    public double? Best { get; init; }

    /// <summary>What that score measures; null before the first generation.</summary>
    public string? Metric { get; init; }

    /// <summary>Generations that were ranked.</summary>
    public int Generations { get; init; }

    /// <summary>Generations at most.</summary>
    public int Iterations { get; init; }

    /// <summary>What its labels have cost so far, US dollars; null where a price is not known. 0 where it bought none.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>Most that its labels may cost, US dollars; null for no limit.</summary>
    public double? MaxCostUsd { get; init; }

    /// <summary>
    /// Seconds that the stage under way is expected to take still, at the pace that it had so far; null where that is not known.
    /// Later stages are not in it.
    /// </summary>
    public double? SecondsLeft { get; init; }
}
