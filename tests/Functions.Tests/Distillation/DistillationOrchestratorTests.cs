using HsNas.Functions.Distillation;
using HsNas.Functions.Distillation.Batches;
using HsNas.Functions.Tests.Support;

namespace HsNas.Functions.Tests.Distillation;

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
        var task = ScriptedTask.Plain();
        var end = await host.EndAsync(await host.StartAsync(nameof(DistillationOrchestrator), new DistillationInput(task.Name, labels)));

        var batches = (labels + DistillationScript.BatchSize - 1) / DistillationScript.BatchSize;
        Assert.Equal("Completed", end.GetProperty("runtimeStatus").GetString());
        Assert.Equal($"f1: {batches * 10} calls, {batches} bought, {batches * 100} tokens", end.GetProperty("output").GetString());
        Assert.All(Enumerable.Range(0, batches), b => Assert.Equal(1, task.CallsOf(b)));
        Assert.Equal(0, task.CallsOf(batches));
        Assert.InRange(end.GetProperty("historyEvents").GetArrayLength(), 1, 50);
        var status = end.GetProperty("customStatus");
        Assert.Equal(labels, status.GetProperty("Labelled").GetInt32());
        Assert.InRange(status.GetRawText().Length, 1, 16 * 1024);
        var spending = status.GetProperty("Spending");
        Assert.InRange(spending.GetArrayLength(), Math.Min(batches, 30), Math.Min(batches, 61));
        Assert.Equal(batches * 10, spending[spending.GetArrayLength() - 1].GetProperty("Calls").GetInt32());
    }

    [Theory]
    [InlineData(100, 0.005, 0)]
    [InlineData(100, 0.37, 37)]
    [InlineData(100, 0.99, 99)]
    [InlineData(605, 3.141, 314)]
    public async Task At_the_limit_asking_stops_with_every_affordable_label_bought(int labels, double limit, int affordable)
    {
        await using var host = await OrchestrationHost.StartAsync();
        var task = ScriptedTask.Plain().Priced();
        var end = await host.EndAsync(
            await host.StartAsync(nameof(DistillationOrchestrator),
            new DistillationInput(task.Name, labels) { MaxCostUsd = (decimal)limit }));

        Assert.Equal("Failed", end.GetProperty("runtimeStatus").GetString());
        var text = end.GetProperty("output").GetString();
        Assert.Contains($"{affordable} of {labels} architectures are labelled", text, StringComparison.Ordinal);
        Assert.Contains("kept in the ledger", text, StringComparison.Ordinal);
        Assert.Equal(affordable, Spending.BoughtFor(task.Name));
        Assert.True(end.GetProperty("customStatus").GetProperty("Tally").GetProperty("SpentUsd").GetDecimal() <= (decimal)limit);
    }

    [Theory]
    [InlineData(100, 1.00)]
    [InlineData(605, 6.05)]
    [InlineData(605, 100)]
    public async Task A_limit_that_suffices_changes_nothing(int labels, double limit)
    {
        await using var host = await OrchestrationHost.StartAsync();
        var task = ScriptedTask.Plain().Priced();
        var end = await host.EndAsync(
            await host.StartAsync(nameof(DistillationOrchestrator),
            new DistillationInput(task.Name, labels) { MaxCostUsd = (decimal)limit }));

        Assert.Equal("Completed", end.GetProperty("runtimeStatus").GetString());
        Assert.Equal($"f1: {labels} calls, {labels} bought, 0 tokens", end.GetProperty("output").GetString());
        Assert.Equal(labels, Spending.BoughtFor(task.Name));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public async Task A_batch_is_submitted_once_polled_until_it_ends_and_taken_once(int looks)
    {
        await using var host = await OrchestrationHost.StartAsync();
        var task = ScriptedTask.Plain().WithBatchThatEndsAtLook(looks);
        var end = await host.EndAsync(
            await host.StartAsync(nameof(DistillationOrchestrator), new DistillationInput(task.Name, 50) { ProviderBatchWaits = Waits }),
            tick: TimeSpan.FromMinutes(5));

        Assert.Equal("Completed", end.GetProperty("runtimeStatus").GetString());
        Assert.Equal((1, looks, 1), (task.CallsOf("submit"), task.CallsOf("check"), task.CallsOf("take")));
        Assert.All(Enumerable.Range(0, 5), b => Assert.Equal(1, task.CallsOf(b)));
    }

    [Fact]
    public async Task No_batch_is_submitted_without_batches_and_none_is_waited_for_without_questions()
    {
        await using var host = await OrchestrationHost.StartAsync();
        var (search, known) = (ScriptedTask.Plain(), ScriptedTask.Plain());
        var first = await host.EndAsync(await host.StartAsync(nameof(DistillationOrchestrator), new DistillationInput(search.Name, 20)));
        var second = await host.EndAsync(
            await host.StartAsync(nameof(DistillationOrchestrator), new DistillationInput(known.Name, 20) { ProviderBatchWaits = Waits }));

        Assert.All([first, second], e => Assert.Equal("Completed", e.GetProperty("runtimeStatus").GetString()));
        Assert.Equal((0, 1), (search.CallsOf("submit"), known.CallsOf("submit")));
        Assert.Equal(0, known.CallsOf("check"));
    }

    [Fact]
    public async Task A_batch_that_never_ends_fails_the_distillation_instead_of_paying_again()
    {
        await using var host = await OrchestrationHost.StartAsync();
        var task = ScriptedTask.Plain().WithEndlessBatch();
        var end = await host.EndAsync(
            await host.StartAsync(nameof(DistillationOrchestrator), new DistillationInput(task.Name, 20) { ProviderBatchWaits = Waits }),
            tick: TimeSpan.FromHours(1));

        Assert.Equal("Failed", end.GetProperty("runtimeStatus").GetString());
        Assert.Contains("batch_1", end.GetProperty("output").GetString(), StringComparison.Ordinal);
        Assert.Equal((0, 0), (task.CallsOf("take"), task.CallsOf(0)));
    }

    // The batch bought nine labels of every ten for 0.90; what is left buys some of the ten others, wherever they lie.
    [Theory]
    [InlineData(0.95, 95)]
    [InlineData(0.90, 90)]
    [InlineData(1.00, 100)]
    public async Task What_a_batch_spent_counts_before_anything_is_asked_interactively(double limit, int affordable)
    {
        await using var host = await OrchestrationHost.StartAsync();
        var task = ScriptedTask.Plain().Priced().WithBatchThatEndsAtLook(1);
        var input = new DistillationInput(task.Name, 100) { ProviderBatchWaits = Waits, MaxCostUsd = (decimal)limit };
        var end = await host.EndAsync(await host.StartAsync(nameof(DistillationOrchestrator), input), tick: TimeSpan.FromMinutes(5));

        Assert.Equal(affordable == 100 ? "Completed" : "Failed", end.GetProperty("runtimeStatus").GetString());
        Assert.Equal(affordable, Spending.BoughtFor(task.Name));
    }

    private static ProviderBatchWaits Waits => new(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10));
}
