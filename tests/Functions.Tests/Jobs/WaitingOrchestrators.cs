using HsNas.Functions.Jobs;
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
        await JobWaiting.AllOrFirstFailureAsync(context.GetInput<List<JobRef>>()!.Select(context.WaitForJobAsync));
        return "done";
    }

    [Function(nameof(Retry))]
    public static Task<string> Retry([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<Attempting>()!;
        return context.CallActivityAsync<string>(input.Activity, input.Key, Retries.Standard);
    }
}

/// <summary>Which activity is tried with which script.</summary>
/// <param name="Activity">Its name.</param>
/// <param name="Key">The script's key.</param>
internal sealed record Attempting(string Activity, string Key);
