using Microsoft.DurableTask;

namespace HsNas.Functions.Jobs;

/// <summary>How activities are retried: storage and network hiccups pass, faults of the request do not.</summary>
internal static class Retries
{
    /// <summary>Five attempts, 1 s doubling to 30 s; faults that would repeat are not retried.</summary>
    public static readonly TaskOptions Standard = TaskOptions.FromRetryPolicy(
        new RetryPolicy(maxNumberOfAttempts: 5, TimeSpan.FromSeconds(1), backoffCoefficient: 2, TimeSpan.FromSeconds(30)) { HandleFailure = MayPass });

    private static bool MayPass(TaskFailureDetails failure) =>
        !failure.IsCausedBy<Shared.Validation.InvalidInputException>()
        && !failure.IsCausedBy<Shared.Search.Feasibility.InfeasibleSearchException>()
        && !failure.IsCausedBy<HsNas.Llm.LabelException>()
        && !failure.IsCausedBy<SearchRefusedException>()
        && !failure.IsCausedBy<JobFailedException>();
}

/// <summary>A search cannot be done as asked; the message is for the user.</summary>
public sealed class SearchRefusedException(string message) : Exception(message);
