using System.Globalization;
using NCrontab;

namespace Microsoft.Azure.Functions.Worker.Triggers.Timer;

/// <summary>When a timer is due: an NCRONTAB expression of six (or five) fields, in UTC, or a constant interval.</summary>
internal abstract class TimerSchedule
{
    private static readonly TimeSpan MonitoredFrom = TimeSpan.FromMinutes(1);

    /// <summary>Occurrences closer together than a minute are not written down.</summary>
    internal bool IsFrequent(DateTime now)
    {
        var next = Next(now);
        return Next(next) - next < MonitoredFrom;
    }

    internal abstract DateTime Next(DateTime after);

    internal static TimerSchedule Parse(string text)
    {
        var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        var options = new CrontabSchedule.ParseOptions { IncludingSeconds = fields == 6 };
        if (fields is 5 or 6 && CrontabSchedule.TryParse(text, options) is { } cron)
        {
            return new Cron(cron);
        }

        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var interval) && interval > TimeSpan.Zero
            ? new Constant(interval)
            : throw new ArgumentException(
                $"The schedule expression '{text}' was not recognized as a valid cron expression or timespan string.");
    }

    private sealed class Cron(CrontabSchedule schedule) : TimerSchedule
    {
        internal override DateTime Next(DateTime after) => DateTime.SpecifyKind(schedule.GetNextOccurrence(after), DateTimeKind.Utc);
    }

    private sealed class Constant(TimeSpan interval) : TimerSchedule
    {
        internal override DateTime Next(DateTime after) => after + interval;
    }
}
