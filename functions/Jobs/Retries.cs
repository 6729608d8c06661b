using Microsoft.DurableTask;

namespace HsNas.Functions.Jobs;

/// <summary>How activities are retried: storage and network hiccups pass, faults of the request do not.</summary>
internal static class Retries
{
    /// <summary>Five attempts, 1 s doubling to 30 s; faults that would repeat are not retried.</summary>
    public static readonly TaskOptions Standard = TaskOptions.FromRetryHandler(context =>
        context.LastAttemptNumber < 5
        && !context.LastFailure.IsCausedBy<Shared.Validation.InvalidInputException>()
        && !context.LastFailure.IsCausedBy<Shared.Search.Feasibility.InfeasibleSearchException>()
        && !context.LastFailure.IsCausedBy<SearchRefusedException>()
        && !context.LastFailure.IsCausedBy<JobFailedException>());
}

/// <summary>A search cannot be done as asked; the message is for the user.</summary>
public sealed class SearchRefusedException(string message) : Exception(message);
