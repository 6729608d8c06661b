using HsNas.Functions.Jobs;
using HsNas.Functions.Searches;
using HsNas.Functions.Searches.Files;
using HsNas.Functions.Searches.Preparation;
using Microsoft.DurableTask;

namespace HsNas.Functions.Tests.Histories;

/// <summary>The search's orchestrator as somebody might change it, up to the change.</summary>
internal static class ChangedSearches
{
    /// <summary>By name.</summary>
    public static IReadOnlyDictionary<string, Func<TaskOrchestrationContext, Task<string?>>> All { get; } =
        new Dictionary<string, Func<TaskOrchestrationContext, Task<string?>>>(StringComparer.Ordinal)
        {
            [nameof(Swapped)] = Swapped,
            [nameof(CallsMore)] = CallsMore,
            [nameof(CallsLess)] = CallsLess,
            [nameof(TellsLess)] = TellsLess,
            [nameof(Versioned)] = Versioned,
        };

    public static async Task<string?> Swapped(TaskOrchestrationContext context)
    {
        var search = new SearchInput(context.InstanceId, context.InstanceId);
        await context.CallActivityAsync(nameof(CheckFeasibilityActivity), search, Retries.Standard);
        return await SearchOrchestrator.RunAsync(context);
    }

    public static async Task<string?> CallsMore(TaskOrchestrationContext context)
    {
        var search = new SearchInput(context.InstanceId, context.InstanceId);
        var other = context.CallActivityAsync<ResolvedInputs>(nameof(ResolveInputsActivity), search, Retries.Standard);
        await context.CallActivityAsync(nameof(CheckFeasibilityActivity), search, Retries.Standard);
        return $"{await other}";
    }

    public static async Task<string?> CallsLess(TaskOrchestrationContext context) => await context.WaitForExternalEvent<string>("begin");

    public static async Task<string?> TellsLess(TaskOrchestrationContext context)
    {
        var search = new { SearchId = context.InstanceId };
        return $"{await context.CallActivityAsync<ResolvedInputs>(nameof(ResolveInputsActivity), search, Retries.Standard)}";
    }

    // What docs/durability.md advises.
    public static async Task<string?> Versioned(TaskOrchestrationContext context) =>
        context.Version == "2" ? await Swapped(context) : await SearchOrchestrator.RunAsync(context);
}
