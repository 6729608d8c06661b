using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HsNas.Benchmarks.Durability;

/// <summary>What the simulated day runs.</summary>
internal sealed class DayFunctions
{
    private const int Activities = 5;
    private static int _waiting;

    /// <summary>Orchestrations that came as far as their long wait.</summary>
    public static int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Starts an orchestration every minute.</summary>
    [Function(nameof(EveryMinuteAsync))]
    public static Task EveryMinuteAsync([TimerTrigger("0 * * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client) =>
        client.ScheduleNewOrchestrationInstanceAsync(nameof(DayAsync));

    /// <summary>Activities, a child, an event that never comes, and five minutes of waiting.</summary>
    [Function(nameof(DayAsync))]
    public static async Task<int> DayAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var sums = await Task.WhenAll(Enumerable.Range(0, Activities).Select(i => context.CallActivityAsync<int>(nameof(Double), i)));
        context.SetCustomStatus(new { sums });
        var child = await context.CallSubOrchestratorAsync<int>(nameof(ChildAsync), sums.Sum());
        await context.CallActivityAsync(nameof(Arrive), child);
        using var never = new CancellationTokenSource();
        var call = context.WaitForExternalEvent<string>("never", never.Token);
        await Task.WhenAny(call, context.CreateTimer(TimeSpan.FromMinutes(5), CancellationToken.None));
        return child;
    }

    /// <summary>A child that continues as new twice.</summary>
    [Function(nameof(ChildAsync))]
    public static async Task<int> ChildAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var number = await context.CallActivityAsync<int>(nameof(Double), context.GetInput<int>());
        if (number < 100) context.ContinueAsNew(number);
        return number;
    }

    /// <summary>Twice the number.</summary>
    [Function(nameof(Double))]
    public static int Double([ActivityTrigger] int number) => 2 * number;

    /// <summary>Notes that an orchestration begins to wait.</summary>
    [Function(nameof(Arrive))]
    public static void Arrive([ActivityTrigger] int number)
    {
        _ = number;
        Interlocked.Increment(ref _waiting);
    }
}
