using Microsoft.Data.Sqlite;

namespace Microsoft.Azure.Functions.Worker.Orchestrations;

/// <summary>One SQLite connection, one transaction at a time.</summary>
/// <remarks>
/// WAL with synchronous=NORMAL. The operating system has a committed transaction before the commit returns, so the transaction
/// survives the death of the process (kill -9). Only a power cut can lose the last commits, and it loses whole transactions. FULL
/// would prevent that by one fsync a commit, which a developer's machine does not need.
/// </remarks>
internal sealed class Database : IDisposable
{
    private static readonly TimeSpan PredecessorPatience = TimeSpan.FromSeconds(15);

    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteCommand> prepared = new();
    private readonly Lock gate = new();
    private readonly FileStream ownership;
    private int commits;
    private bool dead;

    internal Database(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        ownership = TakeOwnership(path + ".lock");
        var address = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false };
        connection = new SqliteConnection(address.ToString());
        connection.Open();
        foreach (var statement in Schema.Statements)
        {
            Execute(statement);
        }
    }

    /// <summary>
    /// Called with the number of the commit before (false) and after (true) each commit. An exception from it stands for the
    /// death of the process.
    /// </summary>
    internal Action<int, bool>? CommitProbe { get; set; }

    internal int Commits => commits;

    internal T Read<T>(Func<Database, T> work)
    {
        lock (gate)
        {
            ThrowIfDead();
            return work(this);
        }
    }

    internal void Write(Action<Database> work) => Write(database =>
    {
        work(database);
        return true;
    });

    internal T Write<T>(Func<Database, T> work)
    {
        lock (gate)
        {
            ThrowIfDead();
            Execute("BEGIN IMMEDIATE");
            T result;
            try
            {
                result = work(this);
                Probe(after: false);
                Execute("COMMIT");
            }
            catch
            {
                Execute("ROLLBACK");
                throw;
            }

            Probe(after: true);
            commits++;
            return result;
        }
    }

    internal int Execute(string sql, params object?[] values) => Prepare(sql, values).ExecuteNonQuery();

    internal List<T> Query<T>(string sql, Func<SqliteDataReader, T> map, params object?[] values)
    {
        var rows = new List<T>();
        using var reader = Prepare(sql, values).ExecuteReader();
        while (reader.Read())
        {
            rows.Add(map(reader));
        }

        return rows;
    }

    public void Dispose()
    {
        lock (gate)
        {
            dead = true;
            foreach (var command in prepared.Values)
            {
                command.Dispose();
            }

            prepared.Clear();
            connection.Dispose();
            ownership.Dispose();
        }
    }

    private SqliteCommand Prepare(string sql, object?[] values)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
#pragma warning disable CA2100 // Every statement is a constant of this assembly; values travel as parameters.
            command.CommandText = sql;
#pragma warning restore CA2100
            for (var i = 0; i < values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter($"${i}", null));
            }

            prepared[sql] = command;
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command;
    }

    private void Probe(bool after)
    {
        try
        {
            CommitProbe?.Invoke(commits, after);
        }
        catch
        {
            dead = true;
            throw;
        }
    }

    private void ThrowIfDead()
    {
        if (dead)
        {
            throw new ObjectDisposedException(nameof(Database), "The orchestration store is closed.");
        }
    }

    /// <summary>Two engines on one file would run every activity twice; a predecessor that is still dying gets a moment.</summary>
    private static FileStream TakeOwnership(string path)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException busy) when (TimeProvider.System.GetElapsedTime(started) < PredecessorPatience)
            {
                _ = busy;
                Task.Delay(100).GetAwaiter().GetResult();
            }
            catch (IOException busy)
            {
                throw new InvalidOperationException($"Another process works on the orchestration store: '{path}' is locked.", busy);
            }
        }
    }
}
