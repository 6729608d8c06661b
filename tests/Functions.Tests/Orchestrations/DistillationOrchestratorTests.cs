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
}
