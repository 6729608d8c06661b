using HsNas.Functions.Jobs;
using HsNas.Functions.Tests.Support;
using HsNas.Kernel.Jobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace HsNas.Functions.Tests.Jobs;

/// <summary>The smallest orchestrators that wait and retry.</summary>
internal static class WaitingOrchestrators
{
    [Function(nameof(Wait))]
    public static async Task<string> Wait([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await context.WaitForJobAsync(context.GetInput<JobRef>()!);
        return "done";
    }

    [Function(nameof(WaitAfterHello))]
    public static async Task<string> WaitAfterHello([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await context.WaitForExternalEvent<string>("hello");
        await context.WaitForJobAsync(context.GetInput<JobRef>()!);
        return "done";
    }

    [Function(nameof(WaitForAny))]
    public static async Task<string> WaitForAny([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await JobWaiting.AllOrFirstFailureAsync(context.GetInput<List<JobRef>>()!.Select(j => context.WaitForJobAsync(j)));
        return "done";
    }

    [Function(nameof(Retry))]
    public static Task<string> Retry([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<Attempting>()!;
        return context.CallActivityAsync<string>(input.Activity, input.Key, Retries.Standard);
    }

    [Function(nameof(Repeat))]
    public static async Task<Repeated> Repeat([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<Repeating>()!;
        var log = new RepeatLog(context);
        log.Changed = () => context.SetCustomStatus(log.Failed);
        await context.CallActivityAsync<string>(nameof(PublicScripts.PublicAttempt), input.Key, log.Options);
        await log.WaitForJobAsync(input.Job);
        return new Repeated(log.Failed, log.Taken);
    }
}

/// <summary>An attempt, and then a job to wait for.</summary>
/// <param name="Key">The script's key.</param>
/// <param name="Job">The job.</param>
internal sealed record Repeating(string Key, JobRef Job);

/// <summary>What was done once more.</summary>
/// <param name="Failed">Attempts that failed.</param>
/// <param name="Taken">Jobs that were taken again.</param>
internal sealed record Repeated(Repeats? Failed, Repeats? Taken);

/// <summary>Which activity is tried with which script.</summary>
/// <param name="Activity">Its name.</param>
/// <param name="Key">The script's key.</param>
internal sealed record Attempting(string Activity, string Key);
