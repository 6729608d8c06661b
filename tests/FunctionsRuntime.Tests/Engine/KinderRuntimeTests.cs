using Microsoft.Azure.Functions.Worker.Orchestrations;
using Microsoft.DurableTask;
using Xunit.Sdk;

namespace HsNas.FunctionsRuntime.Tests.Engine;

/// <summary>The suite notices a runtime that is more lenient than the official one: the same stories fail on such a runtime.</summary>
public sealed class KinderRuntimeTests
{
    [Fact]
    public async Task A_runtime_that_keeps_late_events_for_the_next_wait_fails_the_suite()
    {
        var noticed = await Assert.ThrowsAsync<EqualException>(() =>
            Stories.LateEventAsync((scheduler, converter) => new KeepsLateEvents(scheduler, converter)));

        Assert.Contains("TaskCanceledException|late", noticed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_runtime_that_goes_on_with_changed_code_fails_the_suite()
    {
        var noticed = await Assert.ThrowsAsync<EqualException>(() =>
            Stories.ChangedOrchestratorAsync((scheduler, converter) => new ForgivesChanges(scheduler, converter)));

        Assert.Contains("Completed", noticed.Message, StringComparison.Ordinal);
    }

    private sealed class KeepsLateEvents(TurnScheduler scheduler, DataConverter converter) : TurnState(scheduler, converter)
    {
        internal override ExternalEvents Events { get; } = new LivingEars(converter);
    }

    private sealed class ForgivesChanges(TurnScheduler scheduler, DataConverter converter) : TurnState(scheduler, converter)
    {
        internal override void Confirm(HistoryEntry recorded)
        {
            if (Unconfirmed.FirstOrDefault(action => action.Id == recorded.TaskId)?.Matches(recorded.Kind) == true)
            {
                base.Confirm(recorded);
            }
        }
    }

    /// <summary>An event goes to the last waiter that still waits; without one it is kept.</summary>
    private sealed class LivingEars(DataConverter converter) : ExternalEvents(converter)
    {
        private readonly List<(string Name, Task Wait)> waits = [];
        private readonly List<(string Name, string? Payload)> late = [];

        internal override Task<T> Wait<T>(string name, CancellationToken cancellation)
        {
            var wait = base.Wait<T>(name, cancellation);
            waits.Add((name, wait));
            if (late.FindIndex(kept => kept.Name == name) is var index and >= 0)
            {
                var (_, payload) = late[index];
                late.RemoveAt(index);
                base.Deliver(name, payload);
            }

            return wait;
        }

        internal override void Deliver(string name, string? payload)
        {
            if (waits.Any(wait => wait.Name == name) && waits.Where(wait => wait.Name == name).All(wait => wait.Wait.IsCompleted))
            {
                late.Add((name, payload));
            }
            else
            {
                base.Deliver(name, payload);
            }
        }
    }
}
