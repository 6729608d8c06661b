using Microsoft.Azure.Functions.Worker.Orchestrations;

namespace Microsoft.Azure.Functions.Worker.Triggers.Timer;

/// <summary>Remembers across restarts when a timer last ran and when it is due.</summary>
internal static class ScheduleMonitor
{
    internal static ScheduleStatus? Load(Database database, string function) => database.Read(db => db.Query(
        "SELECT Last, Next, UpdatedAt FROM Schedules WHERE Function = $0",
        row => new ScheduleStatus { Last = Time(row.GetInt64(0)), Next = Time(row.GetInt64(1)), LastUpdated = Time(row.GetInt64(2)) },
        function).FirstOrDefault());

    internal static void Save(Database database, string function, ScheduleStatus status) => database.Write(db => db.Execute(
        "INSERT OR REPLACE INTO Schedules (Function, Last, Next, UpdatedAt) VALUES ($0, $1, $2, $3)",
        function,
        status.Last.Ticks,
        status.Next.Ticks,
        status.LastUpdated.Ticks));

    private static DateTime Time(long ticks) => new(ticks, DateTimeKind.Utc);
}
