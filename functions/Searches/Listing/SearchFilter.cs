using HsNas.Contracts.Requests;
using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Searches.Listing;

/// <summary>By what the list of searches can be narrowed.</summary>
internal static class SearchFilter
{
    /// <summary>Name of a task.</summary>
    public const string Task = "task";

    /// <summary>A runtime status.</summary>
    public const string State = "state";

    /// <summary>A stage.</summary>
    public const string Phase = "phase";

    /// <summary>Allowed values by filter; of a task any, since tasks come and go.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Known { get; } =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
        {
            [Task] = [],
            [State] =
            [
                nameof(OrchestrationRuntimeStatus.Pending), nameof(OrchestrationRuntimeStatus.Running),
                nameof(OrchestrationRuntimeStatus.Suspended), nameof(OrchestrationRuntimeStatus.Completed),
                nameof(OrchestrationRuntimeStatus.Failed), nameof(OrchestrationRuntimeStatus.Terminated),
            ],
            [Phase] = SearchStages.All,
        };

    /// <summary>The rows that pass all filters, in their order.</summary>
    public static IEnumerable<SearchSummary> Apply(IEnumerable<SearchSummary> rows, IReadOnlyDictionary<string, string> filters)
    {
        bool Passes(string name, string? value) => !filters.TryGetValue(name, out var wanted) || wanted == value;
        return rows.Where(r => Passes(Task, r.Task) && Passes(State, r.State) && Passes(Phase, r.Phase));
    }
}
