using System.Threading.Channels;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Triggers.Timer;
using Microsoft.Extensions.DependencyInjection;

namespace HsNas.FunctionsRuntime.Tests.Hosting;

public sealed class TimerTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 10, 7, 30, TimeSpan.Zero);

    [Theory]
    [InlineData("0 */5 * * * *", "2026-03-01T10:10:00Z")]
    [InlineData("0 0 3 * * 1", "2026-03-02T03:00:00Z")]
    [InlineData("*/5 * * * *", "2026-03-01T10:10:00Z")]
    [InlineData("00:00:45", "2026-03-01T10:08:15Z")]
    public void Schedules_are_ncrontab_or_intervals(string text, string next) =>
        Assert.Equal(DateTimeOffset.Parse(next).UtcDateTime, TimerSchedule.Parse(text).Next(Start.UtcDateTime));

    [Fact]
    public void Nonsense_is_no_schedule() => Assert.Throws<ArgumentException>(() => TimerSchedule.Parse("whenever"));

    [Fact]
    public async Task A_timer_runs_at_its_time_and_reports_past_due_after_a_pause_of_the_host()
    {
        var folder = Path.Combine(Path.GetTempPath(), "hsnas-" + Guid.NewGuid().ToString("N"));
        var time = new ManualTime(Start);
        var calls = new Calls();
        await using (await StartAsync(time, calls, folder))
        {
            await time.UntilAwaitedAsync(new DateTimeOffset(2026, 3, 1, 10, 10, 0, TimeSpan.Zero));
            time.Advance(TimeSpan.FromMinutes(3));
            var first = await calls.NextAsync();
            Assert.False(first.IsPastDue);
            Assert.Equal(new DateTime(2026, 3, 1, 10, 10, 0, DateTimeKind.Utc), first.ScheduleStatus!.Next);
        }

        time.Advance(TimeSpan.FromMinutes(30));
        await using (await StartAsync(time, calls, folder))
        {
            var missed = await calls.NextAsync();
            Assert.True(missed.IsPastDue);
            Assert.Equal(new DateTime(2026, 3, 1, 10, 15, 0, DateTimeKind.Utc), missed.ScheduleStatus!.Next);
        }

        await using (await StartAsync(time, calls, folder))
        {
            await Task.Delay(300);
            Assert.Equal(0, calls.Waiting);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task What_ran_while_the_host_went_down_is_not_taken_for_missed()
    {
        var folder = Path.Combine(Path.GetTempPath(), "hsnas-" + Guid.NewGuid().ToString("N"));
        var time = new ManualTime(Start);
        var calls = new Calls { UntilTheHostStops = true };
        await using (await StartAsync(time, calls, folder))
        {
            await time.UntilAwaitedAsync(new DateTimeOffset(2026, 3, 1, 10, 10, 0, TimeSpan.Zero));
            time.Advance(TimeSpan.FromMinutes(3));
            await calls.NextAsync();
        }

        calls.UntilTheHostStops = false;
        await using (await StartAsync(time, calls, folder))
        {
            await time.UntilAwaitedAsync(new DateTimeOffset(2026, 3, 1, 10, 15, 0, TimeSpan.Zero));
            time.Advance(TimeSpan.FromMinutes(5));
            Assert.False((await calls.NextAsync()).IsPastDue);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_timer_may_run_at_startup_and_a_frequent_one_has_no_status()
    {
        var calls = new Calls();
        await using var host = await HostUnderTest.StartAsync([typeof(AtStartup)], builder => builder.Services.AddSingleton(calls));
        var call = await calls.NextAsync();
        Assert.False(call.IsPastDue);
        Assert.Null(call.ScheduleStatus);
    }

    private static Task<HostUnderTest> StartAsync(ManualTime time, Calls calls, string folder) => HostUnderTest.StartAsync(
        [typeof(Nightly)],
        builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(time);
            builder.Services.AddSingleton(calls);
        },
        new() { ["Every"] = "0 */5 * * * *" },
        folder);

    internal sealed class Calls
    {
        private readonly Channel<TimerInfo> channel = Channel.CreateUnbounded<TimerInfo>();

        /// <summary>Whether a call lasts as long as its host.</summary>
        internal bool UntilTheHostStops { get; set; }

        internal int Waiting => channel.Reader.Count;

        internal void Add(TimerInfo info) => channel.Writer.TryWrite(info);

        internal async Task<TimerInfo> NextAsync()
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            return await channel.Reader.ReadAsync(patience.Token);
        }
    }

    internal sealed class Nightly(Calls calls)
    {
        [Function("Nightly")]
        public async Task RunAsync([TimerTrigger("%Every%")] TimerInfo timer, CancellationToken cancellationToken)
        {
            calls.Add(timer);
            if (calls.UntilTheHostStops)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    internal sealed class AtStartup(Calls calls)
    {
        [Function("AtStartup")]
        public void Run([TimerTrigger("00:00:30", RunOnStartup = true)] TimerInfo timer) => calls.Add(timer);
    }
}
