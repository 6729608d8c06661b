using HsNas.Evolution.Constraints;
using HsNas.Functions.Hosting;
using HsNas.Kernel.Validation;
using HsNas.Llm;
using Microsoft.DurableTask;

namespace HsNas.Functions.Jobs;

/// <summary>How activities are retried: storage and network hiccups pass, faults of the request do not.</summary>
internal static class Retries
{
    /// <summary>Five attempts, 1 s doubling to 30 s; faults that would repeat are not retried.</summary>
    public static readonly TaskOptions Standard = Handling(MayPass);

    // They would repeat, and some cost money each time: a model that is asked again is paid again.
    private static readonly Type[] Final =
    [
        typeof(InvalidInputException), typeof(InfeasibleSearchException),
        typeof(LabelException), typeof(SearchRefusedException), typeof(JobFailedException),
    ];

    /// <summary>The same, where each failed attempt that may pass is told of; during a replay too, at the same places.</summary>
    public static TaskOptions Noting(Action failed) => Handling(failure =>
    {
        var passes = MayPass(failure);
        if (passes) failed();
        return passes;
    });

    private static TaskOptions Handling(Func<TaskFailureDetails, bool> handle) => TaskOptions.FromRetryPolicy(
        new RetryPolicy(maxNumberOfAttempts: 5, TimeSpan.FromSeconds(1), backoffCoefficient: 2, TimeSpan.FromSeconds(30))
        {
            HandleFailure = handle,
        });

    private static bool MayPass(TaskFailureDetails failure) => !failure.IsCausedByAny(Final);
}

/// <summary>A search cannot be done as asked; the message is for the user.</summary>
public sealed class SearchRefusedException(string message) : Exception(message);
