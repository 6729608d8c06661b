using HsNas.Contracts.Requests;
using HsNas.Evolution.Constraints;

namespace HsNas.Dashboard.Models;

/// <summary>A page of the list of searches.</summary>
/// <param name="Rows">The searches, sorted as asked.</param>
/// <param name="Found">How many there are under these filters.</param>
/// <param name="Tasks">Tasks that can be chosen.</param>
/// <param name="States">States that can be chosen.</param>
/// <param name="Constraints">What may be limited.</param>
public sealed record SearchListModel(
    IReadOnlyList<SearchSummary> Rows, int Found, IReadOnlyList<string> Tasks, IReadOnlyList<string> States, ConstraintSet Constraints)
{
    /// <summary>The filters in force, by name.</summary>
    public IReadOnlyDictionary<string, string> Filters { get; init; } = new Dictionary<string, string>();

    /// <summary>By what it is sorted: one of <see cref="SearchOrder.Names"/>.</summary>
    public string Sort { get; init; } = SearchOrder.Newest;

    /// <summary>Limits of a search in words.</summary>
    public string LimitsOf(SearchSummary search)
    {
        ArgumentNullException.ThrowIfNull(search);
        var limits = Constraints.Where(c => search.Limits[c.Id] is not null)
            .Select(c => c.IsFlag ? c.Name : $"{c.Name} ≤ {c.Say(search.Limits[c.Id]!.Value)}");
        return string.Join(", ", limits) is { Length: > 0 } all ? all : "none";
    }
}
