using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.Azure.Functions.Worker.Orchestrations;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Triggers.Timer;

/// <summary>Runs one timer function: never twice at a time, at once if an occurrence was missed while the host was down.</summary>
internal sealed class TimerListener(
    FunctionDescriptor function,
    TimerTriggerAttribute trigger,
    TimerSchedule schedule,
    TriggerRunner runner,
    Database database,
    TimeProvider time,
    ILogger logger)
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);

    private bool monitored;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    internal async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            monitored = trigger.UseMonitor && !schedule.IsFrequent(Now);
            var status = monitored ? KnownStatus() : null;
            var next = status?.Next ?? schedule.Next(Now);
            if (status is not null && Now > status.Next)
            {
                next = await InvokeAsync(status, isPastDue: true, stopping);
            }
            else if (trigger.RunOnStartup)
            {
                next = await InvokeAsync(status, isPastDue: false, stopping);
            }

            while (!stopping.IsCancellationRequested)
            {
                await WaitUntilAsync(next, stopping);
                next = await InvokeAsync(monitored ? KnownStatus() : null, isPastDue: false, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops. The next occurrence is recorded.
        }
    }

    private ScheduleStatus KnownStatus()
    {
        var status = ScheduleMonitor.Load(database, function.Name);
        var expected = status is null
            ? schedule.Next(Now)
            : schedule.Next(status.Last == default ? status.LastUpdated : status.Last);
        if (status is null || status.Next != expected)
        {
            // The timer is new, or its schedule was changed: an occurrence of the old schedule is not made up for.
            status = new ScheduleStatus
            {
                Last = status?.Last ?? default, Next = status is null ? expected : schedule.Next(Now), LastUpdated = Now,
            };
            ScheduleMonitor.Save(database, function.Name, status);
        }

        return status;
    }

    private async Task<DateTime> InvokeAsync(ScheduleStatus? status, bool isPastDue, CancellationToken stopping)
    {
        var started = Now;
        try
        {
            await runner.RunAsync(function, new TimerData(new TimerInfo { ScheduleStatus = status, IsPastDue = isPastDue }), stopping);
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            logger.LogError(failure, "The timer function {Function} failed", function.Name);
        }

        // A run is recorded even if the host stops meanwhile. Otherwise it would run again as missed.
        var next = schedule.Next(monitored ? started : Now);
        if (next <= Now)
        {
            next = schedule.Next(Now);
        }

        if (monitored)
        {
            ScheduleMonitor.Save(database, function.Name, new ScheduleStatus { Last = started, Next = next, LastUpdated = started });
        }

        stopping.ThrowIfCancellationRequested();
        return next;
    }

    private async Task WaitUntilAsync(DateTime due, CancellationToken stopping)
    {
        for (var wait = due - Now; wait > TimeSpan.Zero; wait = due - Now)
        {
            var whole = TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
            await Task.Delay(whole < LongestDelay ? whole : LongestDelay, time, stopping);
        }
    }

    private sealed class TimerData(TimerInfo info) : TriggerData
    {
        internal override ValueTask<object?> ConvertAsync(LocalFunctionContext context, Type target) => new(
            target.IsAssignableFrom(typeof(TimerInfo))
                ? info
                : throw new FunctionInputConverterException($"A timer trigger cannot be bound to {target}."));
    }
}
