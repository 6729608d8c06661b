using Microsoft.DurableTask;
using DurableRetryContext = Microsoft.DurableTask.RetryContext;

namespace Microsoft.Azure.Functions.Worker.Orchestrations;

/// <summary>Repeats a failed activity or sub-orchestration as its options say.</summary>
internal static class Retrying
{
    internal const string ActivityNotFound = "ActivityTaskNotFound";
    internal const string OrchestratorNotFound = "OrchestratorTaskNotFound";

    internal static Task<string?> Run(ReplayContext context, TaskRetryOptions? retry, Func<Task<string?>> attempt) => retry switch
    {
        { Policy: { } policy } => ByPolicy(context, policy, attempt),
        { Handler: { } handler } => ByHandler(context, handler, attempt),
        _ => attempt(),
    };

    private static async Task<string?> ByPolicy(ReplayContext context, RetryPolicy policy, Func<Task<string?>> attempt)
    {
        var first = context.CurrentUtcDateTime;
        for (var number = 0; ; number++)
        {
            TaskFailedException failure;
            try
            {
                return await attempt();
            }
            catch (TaskFailedException failed) when (IsRetriable(failed))
            {
                failure = failed;
            }

            var delay = NextDelay(context, policy, first, number, failure);
            if (delay == TimeSpan.Zero)
            {
                throw failure;
            }

            if (number + 1 >= policy.MaxNumberOfAttempts)
            {
                // The official runtime also lets one timer fire at once after the last attempt.
                await context.Pause(context.CurrentUtcDateTime);
                throw failure;
            }

            await context.Pause(context.CurrentUtcDateTime + delay);
        }
    }

    private static async Task<string?> ByHandler(ReplayContext context, AsyncRetryHandler handler, Func<Task<string?>> attempt)
    {
        var first = context.CurrentUtcDateTime;
        for (var number = 1; ; number++)
        {
            try
            {
                return await attempt();
            }
            catch (TaskFailedException failed) when (IsRetriable(failed))
            {
                var outlook = new DurableRetryContext(
                    context, number, failed.FailureDetails, context.CurrentUtcDateTime - first, CancellationToken.None);
                if (!await handler(outlook))
                {
                    throw;
                }
            }
        }
    }

    private static bool IsRetriable(TaskFailedException failed) =>
        failed.FailureDetails.ErrorType is not (ActivityNotFound or OrchestratorNotFound);

    private static TimeSpan NextDelay(ReplayContext context, RetryPolicy policy, DateTime first, int number, Exception failure)
    {
        var limited = policy.RetryTimeout != Timeout.InfiniteTimeSpan && policy.RetryTimeout != TimeSpan.MaxValue;
        if (!policy.Handle(failure) || (limited && context.CurrentUtcDateTime >= first + policy.RetryTimeout))
        {
            return TimeSpan.Zero;
        }

        var milliseconds = policy.FirstRetryInterval.TotalMilliseconds * Math.Pow(policy.BackoffCoefficient, number);
        return milliseconds < policy.MaxRetryInterval.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : policy.MaxRetryInterval;
    }
}
