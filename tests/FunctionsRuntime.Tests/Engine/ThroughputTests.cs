using System.Diagnostics;
using Microsoft.DurableTask;
using Xunit.Abstractions;

namespace HsNas.FunctionsRuntime.Tests.Engine;

/// <summary>Bounds far above what a quiet machine needs: they catch a change of order, not a busy neighbour.</summary>
public sealed class ThroughputTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Three_thousand_activities_side_by_side_cost_less_than_ten_seconds()
    {
        await using var engine = new EngineUnderTest(Doubling().Orchestrator("Fan", async context =>
            (await Task.WhenAll(Enumerable.Range(0, 3000).Select(i => context.CallActivityAsync<int>("Double", i)))).Length));

        var clock = Stopwatch.StartNew();
        Assert.Equal(3000, (await engine.RunAsync("Fan")).ReadOutputAs<int>());

        output.WriteLine($"{clock.Elapsed.TotalSeconds:0.00} s");
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 10);
    }

    [Fact]
    public async Task One_activity_after_another_costs_a_few_milliseconds_each()
    {
        const int Calls = 200;
        await using var engine = new EngineUnderTest(Doubling().Orchestrator("Chain", async context =>
        {
            for (var i = 0; i < Calls; i++)
            {
                await context.CallActivityAsync("Double", i);
            }

            return null;
        }));

        var clock = Stopwatch.StartNew();
        await engine.RunAsync("Chain");

        output.WriteLine($"{clock.Elapsed.TotalMilliseconds / Calls:0.00} ms a call");
        Assert.InRange(clock.Elapsed.TotalMilliseconds / Calls, 0, 25);
    }

    private static TestFunctions Doubling() => new TestFunctions().Activity<int>("Double", i => i * 2);
}
