namespace Microsoft.Azure.Functions.Worker.Orchestrations;

internal static class Schema
{
    internal static readonly string[] Statements =
    [
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = NORMAL",
        """
        CREATE TABLE IF NOT EXISTS Instances (
            Id TEXT PRIMARY KEY, Name TEXT NOT NULL, Execution TEXT NOT NULL, Revision INTEGER NOT NULL, Status INTEGER NOT NULL,
            Input TEXT, Output TEXT, CustomStatus TEXT, Failure TEXT, Version TEXT, Tags TEXT, Parent TEXT,
            CreatedAt INTEGER NOT NULL, UpdatedAt INTEGER NOT NULL) WITHOUT ROWID
        """,
        """
        CREATE TABLE IF NOT EXISTS History (
            Instance TEXT NOT NULL, Seq INTEGER NOT NULL, Entry TEXT NOT NULL, PRIMARY KEY (Instance, Seq)) WITHOUT ROWID
        """,
        // Messages to an orchestration. Execution is null where any execution may take it; DueAt is 0 or the time of a timer.
        """
        CREATE TABLE IF NOT EXISTS Inbox (
            Id INTEGER PRIMARY KEY AUTOINCREMENT, Instance TEXT NOT NULL, Execution TEXT, DueAt INTEGER NOT NULL,
            OrderAt INTEGER NOT NULL, Entry TEXT NOT NULL)
        """,
        "CREATE INDEX IF NOT EXISTS InboxByInstance ON Inbox (Instance, DueAt)",
        """
        CREATE TABLE IF NOT EXISTS Activities (
            Instance TEXT NOT NULL, Execution TEXT NOT NULL, TaskId INTEGER NOT NULL, Name TEXT NOT NULL, Input TEXT,
            PRIMARY KEY (Instance, Execution, TaskId)) WITHOUT ROWID
        """,
        "CREATE TABLE IF NOT EXISTS Schedules (Function TEXT PRIMARY KEY, Last INTEGER NOT NULL, Next INTEGER NOT NULL, "
            + "UpdatedAt INTEGER NOT NULL) WITHOUT ROWID",
        """
        CREATE TABLE IF NOT EXISTS BlobReceipts (
            Function TEXT NOT NULL, Container TEXT NOT NULL, Blob TEXT NOT NULL, ETag TEXT NOT NULL, Attempts INTEGER NOT NULL,
            Done INTEGER NOT NULL, PRIMARY KEY (Function, Container, Blob)) WITHOUT ROWID
        """,
    ];
}
