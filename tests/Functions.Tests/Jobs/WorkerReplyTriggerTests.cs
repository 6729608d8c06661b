using System.Text.Json;
using HsNas.Contracts.Jobs;
using HsNas.Functions.Jobs;
using HsNas.Kernel;
using HsNas.Kernel.Validation;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace HsNas.Functions.Tests.Jobs;

public sealed class WorkerReplyTriggerTests
{
    private const string Job = "0123456789abcdef0123456789abcdef";
    private static readonly string Reply = JsonSerializer.Serialize(new WorkerReply(Job, "search"), Json.Options);

    private readonly Mock<DurableTaskClient> _client = new("test");

    [Fact]
    public async Task A_reply_wakes_who_waits()
    {
        Instance(OrchestrationRuntimeStatus.Running);

        await RunAsync(Reply);

        _client.Verify(c => c.RaiseEventAsync("search", "job:" + Job, Job, It.IsAny<CancellationToken>()), Times.Once);
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Completed)]
    [InlineData(OrchestrationRuntimeStatus.Terminated)]
    [InlineData(null)]
    public async Task A_reply_to_nobody_is_acknowledged(OrchestrationRuntimeStatus? status)
    {
        Instance(status);

        await RunAsync(Reply);

        _client.Verify(
            c => c.RaiseEventAsync(It.IsAny<string>(), It.IsAny<string>(), It.IsAny<object>(), It.IsAny<CancellationToken>()), Times.Never);
    }

    [Fact]
    public async Task A_waiter_that_ends_between_look_and_call_is_no_fault()
    {
        Instance(OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Completed);
        Raising(new InvalidOperationException("it is over"));

        await RunAsync(Reply);

        _client.Verify(
            c => c.RaiseEventAsync(It.IsAny<string>(), It.IsAny<string>(), It.IsAny<object>(), It.IsAny<CancellationToken>()), Times.Once);
    }

    [Fact]
    public async Task A_call_that_fails_while_somebody_waits_comes_again()
    {
        Instance(OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Running);
        Raising(new InvalidOperationException("storage is busy"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(Reply));
    }

    [Theory]
    [InlineData("hello", "$")]
    [InlineData("null", "$")]
    [InlineData("{}", "jobId")]
    [InlineData("""{"jobId":"../../x","instanceId":"search"}""", "jobId")]
    [InlineData("""{"jobId":"0123456789abcdef0123456789abcdef"}""", "instanceId")]
    [InlineData("""{"jobId":"0123456789abcdef0123456789abcdef","instanceId":"a/b"}""", "instanceId")]
    public async Task A_message_that_is_no_reply_goes_the_way_of_poison_and_its_fault_is_named(string message, string field) =>
        Assert.Equal(field, (await Assert.ThrowsAsync<DataFormatException>(() => RunAsync(message))).Field);

    private void Raising(Exception failure) => _client
        .Setup(c => c.RaiseEventAsync("search", "job:" + Job, Job, It.IsAny<CancellationToken>())).ThrowsAsync(failure);

    private void Instance(params OrchestrationRuntimeStatus?[] looks)
    {
        var answers = _client.SetupSequence(c => c.GetInstanceAsync("search", It.IsAny<CancellationToken>()));
        foreach (var status in looks)
            answers = answers.ReturnsAsync(
                status is { } known ? new OrchestrationMetadata("SearchOrchestrator", "search") { RuntimeStatus = known } : null);
    }

    private Task RunAsync(string message) =>
        new WorkerReplyTrigger(NullLogger<WorkerReplyTrigger>.Instance).RunAsync(message, _client.Object, CancellationToken.None);
}
