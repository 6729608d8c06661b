using Microsoft.Data.Sqlite;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Microsoft.Azure.Functions.Worker.Orchestrations;

internal sealed record InboxMessage(long Id, string? Execution, HistoryEntry Entry);

internal sealed record ActivityWork(string Instance, string Execution, int TaskId, string Name, string? Input);

/// <summary>The statements on the tables; the caller decides what belongs into one transaction.</summary>
internal static class HistoryStore
{
    private const string InstanceColumns =
        "Id, Name, Execution, Revision, Status, Input, Output, CustomStatus, Failure, Version, Tags, Parent, CreatedAt, UpdatedAt";

    internal static InstanceRecord? FindInstance(this Database database, string id) =>
        database.Query($"SELECT {InstanceColumns} FROM Instances WHERE Id = $0", ReadInstance, id).FirstOrDefault();

    internal static List<InstanceRecord> ListInstances(this Database database, InstanceFilter filter)
    {
        var rows = database.Query(
            $"""
            SELECT {InstanceColumns} FROM Instances
            WHERE Id > $0 AND CreatedAt >= $1 AND CreatedAt <= $2 AND substr(Id, 1, length($3)) = $3
              AND ($4 = 0 OR (1 << Status) & $4 <> 0)
            ORDER BY Id LIMIT $5
            """,
            ReadInstance,
            filter.After ?? string.Empty,
            (filter.CreatedFrom ?? DateTime.MinValue).Ticks,
            (filter.CreatedTo ?? DateTime.MaxValue).Ticks,
            filter.Prefix ?? string.Empty,
            filter.Statuses is null ? 0L : filter.Statuses.Aggregate(0L, (mask, status) => mask | (1L << (int)status)),
            filter.Limit);
        return rows;
    }

    internal static void SaveInstance(this Database database, InstanceRecord record) => database.Execute(
        $"INSERT OR REPLACE INTO Instances ({InstanceColumns}) VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        record.Id,
        record.Name,
        record.Execution,
        record.Revision,
        (int)record.Status,
        record.Input,
        record.Output,
        record.CustomStatus,
        RecordJson.Write(record.Failure),
        record.Version,
        RecordJson.Write(record.Tags),
        RecordJson.Write(record.Parent),
        record.CreatedAt.Ticks,
        record.UpdatedAt.Ticks);

    internal static void DeleteInstance(this Database database, string id)
    {
        database.Execute("DELETE FROM Instances WHERE Id = $0", id);
        database.ClearHistory(id);
        database.Execute("DELETE FROM Inbox WHERE Instance = $0", id);
        database.Execute("DELETE FROM Activities WHERE Instance = $0", id);
    }

    internal static List<HistoryEntry> LoadHistory(this Database database, string id) =>
        database.Query("SELECT Entry FROM History WHERE Instance = $0 ORDER BY Seq", row => HistoryEntry.FromJson(row.GetString(0)), id);

    /// <summary>The children that the current execution of an instance has started, finished ones included.</summary>
    internal static List<InstanceRecord> Children(this Database database, string id) => database.LoadHistory(id)
        .Where(entry => entry.Kind == EntryKind.SubOrchestrationInstanceCreated)
        .Select(entry => database.FindInstance(entry.Instance!))
        .OfType<InstanceRecord>()
        .Where(child => child.Parent?.Id == id)
        .ToList();

    internal static void AppendHistory(this Database database, string id, int from, IEnumerable<HistoryEntry> entries)
    {
        foreach (var entry in entries)
        {
            database.Execute("INSERT INTO History (Instance, Seq, Entry) VALUES ($0, $1, $2)", id, from++, entry.ToJson());
        }
    }

    internal static void ClearHistory(this Database database, string id) =>
        database.Execute("DELETE FROM History WHERE Instance = $0", id);

    internal static void Post(
        this Database database, string id, string? execution, HistoryEntry entry, DateTime now, DateTime? due = null) =>
        database.Execute(
            "INSERT INTO Inbox (Instance, Execution, DueAt, OrderAt, Entry) VALUES ($0, $1, $2, $3, $4)",
            id,
            execution,
            due?.Ticks ?? 0,
            (due ?? now).Ticks,
            entry.ToJson());

    internal static List<InboxMessage> DueMessages(this Database database, string id, DateTime now) => database.Query(
        "SELECT Id, Execution, Entry FROM Inbox WHERE Instance = $0 AND DueAt <= $1 ORDER BY OrderAt, Id", ReadMessage, id, now.Ticks);

    internal static List<InboxMessage> AllMessages(this Database database, string id) => database.Query(
        "SELECT Id, Execution, Entry FROM Inbox WHERE Instance = $0 ORDER BY OrderAt, Id", ReadMessage, id);

    internal static void DeleteMessage(this Database database, long id) => database.Execute("DELETE FROM Inbox WHERE Id = $0", id);

    internal static void DeleteMessages(this Database database, string id) =>
        database.Execute("DELETE FROM Inbox WHERE Instance = $0", id);

    internal static List<(string Instance, DateTime Due)> Wakeups(this Database database) => database.Query(
        "SELECT Instance, MIN(DueAt) FROM Inbox GROUP BY Instance, DueAt", row =>
            (row.GetString(0), new DateTime(row.GetInt64(1), DateTimeKind.Utc)));

    internal static void AddActivity(this Database database, ActivityWork work) => database.Execute(
        "INSERT OR REPLACE INTO Activities (Instance, Execution, TaskId, Name, Input) VALUES ($0, $1, $2, $3, $4)",
        work.Instance,
        work.Execution,
        work.TaskId,
        work.Name,
        work.Input);

    /// <summary>False if the work is no longer wanted, or was already answered.</summary>
    internal static bool TakeActivity(this Database database, ActivityWork work) => database.Execute(
        "DELETE FROM Activities WHERE Instance = $0 AND Execution = $1 AND TaskId = $2", work.Instance, work.Execution, work.TaskId) == 1;

    internal static List<ActivityWork> PendingActivities(this Database database) => database.Query(
        "SELECT Instance, Execution, TaskId, Name, Input FROM Activities",
        row => new ActivityWork(row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetString(3), Text(row, 4)));

    private static InboxMessage ReadMessage(SqliteDataReader row) =>
        new(row.GetInt64(0), Text(row, 1), HistoryEntry.FromJson(row.GetString(2)));

    private static InstanceRecord ReadInstance(SqliteDataReader row) => new()
    {
        Id = row.GetString(0),
        Name = row.GetString(1),
        Execution = row.GetString(2),
        Revision = row.GetInt64(3),
        Status = (OrchestrationRuntimeStatus)row.GetInt32(4),
        Input = Text(row, 5),
        Output = Text(row, 6),
        CustomStatus = Text(row, 7),
        Failure = RecordJson.Read<TaskFailureDetails>(Text(row, 8)),
        Version = Text(row, 9),
        Tags = RecordJson.Read<Dictionary<string, string>>(Text(row, 10)),
        Parent = RecordJson.Read<ParentLink>(Text(row, 11)),
        CreatedAt = new DateTime(row.GetInt64(12), DateTimeKind.Utc),
        UpdatedAt = new DateTime(row.GetInt64(13), DateTimeKind.Utc),
    };

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}

/// <summary>Which instances a listing wants, ordered by id, after a given one.</summary>
internal sealed record InstanceFilter
{
    public DateTime? CreatedFrom { get; init; }

    public DateTime? CreatedTo { get; init; }

    public IReadOnlyCollection<OrchestrationRuntimeStatus>? Statuses { get; init; }

    public string? Prefix { get; init; }

    public string? After { get; init; }

    public int Limit { get; init; } = int.MaxValue;
}
