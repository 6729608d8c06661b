namespace HsNas.FunctionsRuntime.Tests.Engine;

/// <summary>Work grows with the number of activities, not with its square. tests/Benchmarks measures the time that it takes.</summary>
public sealed class CommitCountTests
{
    [Theory]
    [InlineData(100)]
    [InlineData(400)]
    public async Task Activities_side_by_side_cost_at_most_two_commits_each(int activities)
    {
        var commits = await CommitsAsync(new TestFunctions().Activity<int>("Double", i => i * 2).Orchestrator("Run", async context =>
            (await Task.WhenAll(Enumerable.Range(0, activities).Select(i => context.CallActivityAsync<int>("Double", i)))).Length));

        Assert.InRange(commits, activities, (2 * activities) + 10);
    }

    [Theory]
    [InlineData(25)]
    [InlineData(100)]
    public async Task Activities_one_after_another_cost_at_most_two_commits_each(int activities)
    {
        var commits = await CommitsAsync(new TestFunctions().Activity<int>("Double", i => i * 2).Orchestrator("Run", async context =>
        {
            for (var i = 0; i < activities; i++) await context.CallActivityAsync("Double", i);
            return null;
        }));

        Assert.InRange(commits, activities, (2 * activities) + 10);
    }

    private static async Task<int> CommitsAsync(TestFunctions functions)
    {
        var commits = 0;
        await using var engine = new EngineUnderTest(functions, probe: (_, after) => { if (after) Interlocked.Increment(ref commits); });
        await engine.RunAsync("Run");
        return Volatile.Read(ref commits);
    }
}
