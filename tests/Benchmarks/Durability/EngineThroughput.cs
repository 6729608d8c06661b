using System.Diagnostics;
using HsNas.FunctionsRuntime.Tests.Engine;
using Microsoft.DurableTask;

namespace HsNas.Benchmarks.Durability;

/// <summary>
/// <c>engine-throughput</c>: time of 3,000 activities side by side, and of 200 one after another, on the local runtime's engine.
/// Goals: 10 s, and 25 ms a call.
/// </summary>
internal static class EngineThroughput
{
    private const int SideBySide = 3000;
    private const int InARow = 200;

    /// <summary>Prints both.</summary>
    public static async Task<int> RunAsync()
    {
        var all = await SecondsAsync(async context =>
            (await Task.WhenAll(Enumerable.Range(0, SideBySide).Select(i => context.CallActivityAsync<int>("Double", i)))).Length);
        var chain = await SecondsAsync(async context =>
        {
            for (var i = 0; i < InARow; i++) await context.CallActivityAsync("Double", i);
            return null;
        });
        Console.WriteLine(FormattableString.Invariant($"{SideBySide} activities side by side: {all:0.00} s"));
        Console.WriteLine(FormattableString.Invariant($"{InARow} one after another: {1000 * chain / InARow:0.00} ms a call"));
        return 0;
    }

    private static async Task<double> SecondsAsync(Func<TaskOrchestrationContext, Task<object?>> orchestrator)
    {
        await using var engine = new EngineUnderTest(new TestFunctions().Activity<int>("Double", i => i * 2)
            .Orchestrator("Run", orchestrator));
        var start = Stopwatch.GetTimestamp();
        await engine.RunAsync("Run");
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
