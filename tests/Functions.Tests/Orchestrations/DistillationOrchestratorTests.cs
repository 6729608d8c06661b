using HsNas.Functions.Activities;
using HsNas.Functions.Orchestrations;
using HsNas.Functions.Tests.Support;

namespace HsNas.Functions.Tests.Orchestrations;

public sealed class DistillationOrchestratorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(160)]
    [InlineData(1005)]
    public async Task Every_batch_is_labelled_once_and_history_stays_short(int labels)
    {
        await using var host = await OrchestrationHost.StartAsync();
        var task = Guid.NewGuid().ToString("N");
        var end = await host.EndAsync(await host.StartAsync(nameof(DistillationOrchestrator), new DistillationInput(task, labels)));

        var batches = (labels + DistillationScript.BatchSize - 1) / DistillationScript.BatchSize;
        Assert.Equal("Completed", end.GetProperty("runtimeStatus").GetString());
        Assert.Equal($"f1: {batches * 10} calls, {batches} bought, {batches * 100} tokens", end.GetProperty("output").GetString());
        Assert.All(Enumerable.Range(0, batches), b => Assert.Equal(1, Scripts.CallsOf($"{task}/{b}")));
        Assert.Equal(0, Scripts.CallsOf($"{task}/{batches}"));
        Assert.InRange(end.GetProperty("historyEvents").GetArrayLength(), 1, 50);
        Assert.Equal(labels, end.GetProperty("customStatus").GetProperty("Labelled").GetInt32());
    }

    [Theory]
    [InlineData(100, 0.005, 0)]
    [InlineData(100, 0.37, 37)]
    [InlineData(100, 0.99, 99)]
    [InlineData(605, 3.141, 314)]
    public async Task At_the_limit_asking_stops_with_every_affordable_label_bought(int labels, double limit, int affordable)
    {
        await using var host = await OrchestrationHost.StartAsync();
        var task = $"priced-{Guid.NewGuid():N}";
        var end = await host.EndAsync(await host.StartAsync(nameof(DistillationOrchestrator), new DistillationInput(task, labels) { MaxCostUsd = (decimal)limit }));

        Assert.Equal("Failed", end.GetProperty("runtimeStatus").GetString());
        var text = end.GetProperty("output").GetString();
        Assert.Contains($"{affordable} of {labels} architectures are labelled", text, StringComparison.Ordinal);
        Assert.Contains("kept in the ledger", text, StringComparison.Ordinal);
        Assert.Equal(affordable, Spending.BoughtFor(task));
        Assert.True(end.GetProperty("customStatus").GetProperty("Tally").GetProperty("SpentUsd").GetDecimal() <= (decimal)limit);
    }

    [Theory]
    [InlineData(100, 1.00)]
    [InlineData(605, 6.05)]
    [InlineData(605, 100)]
    public async Task A_limit_that_suffices_changes_nothing(int labels, double limit)
    {
        await using var host = await OrchestrationHost.StartAsync();
        var task = $"priced-{Guid.NewGuid():N}";
        var end = await host.EndAsync(await host.StartAsync(nameof(DistillationOrchestrator), new DistillationInput(task, labels) { MaxCostUsd = (decimal)limit }));

        Assert.Equal("Completed", end.GetProperty("runtimeStatus").GetString());
        Assert.Equal($"f1: {labels} calls, {labels} bought, 0 tokens", end.GetProperty("output").GetString());
        Assert.Equal(labels, Spending.BoughtFor(task));
    }
}
