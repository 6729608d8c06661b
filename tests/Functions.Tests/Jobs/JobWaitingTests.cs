using System.Text.Json;
using HsNas.Functions.Jobs;
using HsNas.Functions.Tests.Support;

namespace HsNas.Functions.Tests.Jobs;

public sealed class JobWaitingTests
{
    private static readonly JobOutcome Running = new(false, null);
    private static readonly JobOutcome Done = new(true, null);

    [Fact]
    public async Task A_call_wakes_the_waiter_which_then_believes_the_result_only()
    {
        await using var host = await OrchestrationHost.StartAsync();
        var job = Scripts.Job(look => Task.FromResult(look == 1 ? Running : Done));
        var id = await host.StartAsync(nameof(WaitingOrchestrators.Wait), job);

        await host.RaiseAsync(id, JobWaiting.EventName(job.JobId), job.JobId);
        await UntilAsync(() => Scripts.CallsOf(job.JobId) == 1);
        Assert.Equal("Running", Status(await host.StatusAsync(id)));
        await host.RaiseAsync(id, JobWaiting.EventName(job.JobId), job.JobId);

        Assert.Equal("Completed", Status(await host.EndAsync(id)));
        Assert.Equal(2, Scripts.CallsOf(job.JobId));
    }

    [Fact]
    public async Task A_call_that_comes_before_anybody_waits_is_not_lost()
    {
        await using var host = await OrchestrationHost.StartAsync();
        var job = Scripts.Job(_ => Task.FromResult(Done));
        var id = await host.StartAsync(nameof(WaitingOrchestrators.WaitAfterHello), job);

        await host.RaiseAsync(id, JobWaiting.EventName(job.JobId), job.JobId);
        await host.RaiseAsync(id, "hello", "");

        Assert.Equal("Completed", Status(await host.EndAsync(id)));
        Assert.Equal(1, Scripts.CallsOf(job.JobId));
    }

    [Fact]
    public async Task A_lost_call_costs_one_wait()
    {
        await using var host = await OrchestrationHost.StartAsync();
        var job = Scripts.Job(_ => Task.FromResult(Done));
        var (id, start) = (await host.StartAsync(nameof(WaitingOrchestrators.Wait), job), host.Time.GetUtcNow());

        Assert.Equal("Completed", Status(await host.EndAsync(id, tick: TimeSpan.FromSeconds(5))));
        Assert.Equal(1, Scripts.CallsOf(job.JobId));
        Assert.InRange(host.Time.GetUtcNow() - start, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task A_call_that_comes_after_a_timeout_while_the_result_is_looked_at_is_heard()
    {
        await using var host = await OrchestrationHost.StartAsync();
        var looked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var job = Scripts.Job(async look =>
        {
            if (look > 1) return Done;
            await looked.Task;
            return Running;
        });
        var id = await host.StartAsync(nameof(WaitingOrchestrators.Wait), job);
        await UntilAsync(() => Scripts.CallsOf(job.JobId) == 1, () => host.Time.Advance(TimeSpan.FromSeconds(5)));

        // From here on no time passes: only the call can lead to another look.
        await host.RaiseAsync(id, JobWaiting.EventName(job.JobId), job.JobId);
        looked.SetResult();

        Assert.Equal("Completed", Status(await host.EndAsync(id)));
    }

    [Fact]
    public async Task Repeated_calls_do_no_harm()
    {
        await using var host = await OrchestrationHost.StartAsync();
        var job = Scripts.Job(look => Task.FromResult(look < 4 ? Running : Done));
        var id = await host.StartAsync(nameof(WaitingOrchestrators.Wait), job);
        for (var i = 0; i < 6; i++) await host.RaiseAsync(id, JobWaiting.EventName(job.JobId), job.JobId);

        Assert.Equal("Completed", Status(await host.EndAsync(id)));
        Assert.Equal(4, Scripts.CallsOf(job.JobId));
    }

    [Fact]
    public async Task A_job_that_was_done_when_submitted_is_not_waited_for()
    {
        await using var host = await OrchestrationHost.StartAsync();
        var job = Scripts.Job(_ => Task.FromResult(Done)) with { Done = true };

        Assert.Equal("Completed", Status(await host.EndAsync(await host.StartAsync(nameof(WaitingOrchestrators.Wait), job))));
        Assert.Equal(0, Scripts.CallsOf(job.JobId));
    }

    [Fact]
    public async Task A_failed_job_fails_the_waiter_with_its_reason_without_the_others()
    {
        await using var host = await OrchestrationHost.StartAsync();
        var (endless, failed) = (Scripts.Job(_ => Task.FromResult(Running)), Scripts.Job(
            _ => Task.FromResult(new JobOutcome(true, "out of memory"))));
        var id = await host.StartAsync(nameof(WaitingOrchestrators.WaitForAny), new[] { endless, failed });

        await host.RaiseAsync(id, JobWaiting.EventName(failed.JobId), failed.JobId);

        var end = await host.EndAsync(id);
        Assert.Equal("Failed", Status(end));
        Assert.Contains("Job score failed: out of memory", end.GetProperty("output").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_a_day_of_waiting_fits_into_a_hundred_events()
    {
        await using var host = await OrchestrationHost.StartAsync();
        var end = host.Time.GetUtcNow() + TimeSpan.FromHours(12);
        var job = Scripts.Job(_ => Task.FromResult(host.Time.GetUtcNow() >= end ? Done : Running));
        var id = await host.StartAsync(nameof(WaitingOrchestrators.Wait), job);

        var status = await host.EndAsync(id, tick: TimeSpan.FromMinutes(2));

        Assert.Equal("Completed", Status(status));
        Assert.InRange(status.GetProperty("historyEvents").GetArrayLength(), 10, 99);
    }

    private static string? Status(JsonElement status) => status.GetProperty("runtimeStatus").GetString();

    private static async Task UntilAsync(Func<bool> holds, Action? between = null)
    {
        for (var attempt = 0; attempt < 1500 && !holds(); attempt++)
        {
            between?.Invoke();
            await Task.Delay(10);
        }

        Assert.True(holds());
    }
}
