using Microsoft.DurableTask;

namespace HsNas.Functions.Searches;

/// <summary>What who started a search lets it spend on labels, whatever its own request allows.</summary>
/// <param name="MaxCostUsd">US dollars, 0 or more; null for no limit.</param>
/// <param name="Waiter">Who is told as soon as nothing more is spent; null for nobody.</param>
public sealed record LabelAllowance(decimal? MaxCostUsd, LabelWaiter? Waiter = null)
{
    /// <summary>The input of a search; no limit where it has none.</summary>
    internal static LabelAllowance Of(TaskOrchestrationContext search) =>
        search.GetInput<LabelAllowance>() ?? new LabelAllowance(MaxCostUsd: null);

    /// <summary>The smaller one of this and what a request allows.</summary>
    public decimal? Within(decimal? asked) => asked is null || MaxCostUsd < asked ? MaxCostUsd : asked;

    /// <summary>Tells who waits that the labels are there.</summary>
    internal void Tell(TaskOrchestrationContext search)
    {
        if (Waiter is not null) search.SendEvent(Waiter.InstanceId, Waiter.Event, search.InstanceId);
    }
}

/// <summary>Who waits for the labels of a search.</summary>
/// <param name="InstanceId">An orchestration.</param>
/// <param name="Event">The event that it waits for.</param>
public sealed record LabelWaiter(string InstanceId, string Event);
