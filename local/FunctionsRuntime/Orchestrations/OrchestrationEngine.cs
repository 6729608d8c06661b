using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Orchestrations;

/// <summary>Replays orchestrations from the store, runs their activities, and survives its own death at any commit.</summary>
internal sealed class OrchestrationEngine : IAsyncDisposable
{
    private const int CachedHistories = 200;

    private readonly ConcurrentDictionary<string, (string Execution, long Revision, List<HistoryEntry> Entries)> histories = new();
    private readonly IDurableFunctions functions;
    private readonly EngineOptions options;
    private readonly ILoggerFactory loggers;
    private readonly ILogger logger;
    private readonly TurnDispatcher turns;
    private readonly ActivityDispatcher activities;
    private readonly WakeupTimers timers;
    private readonly CancellationTokenSource stopping = new();
    private Task running = Task.CompletedTask;
    private int disposed;

    internal OrchestrationEngine(IDurableFunctions functions, EngineOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        this.functions = functions;
        this.options = options;
        this.loggers = loggers;
        Time = time;
        logger = loggers.CreateLogger("Host.Triggers.DurableTask");
        Database = new Database(options.StorePath) { CommitProbe = options.CommitProbe };
        turns = new TurnDispatcher(this, options.MaxConcurrentOrchestrations);
        activities = new ActivityDispatcher(this, functions, options, logger);
        timers = new WakeupTimers(time, turns.Signal);
    }

    internal Database Database { get; }

    internal TimeProvider Time { get; }

    internal EngineOptions Options => options;

    internal IDurableFunctions Functions => functions;

    internal InstanceWatch Watch { get; } = new();

    /// <summary>Called when the engine stops because it can no longer use its store.</summary>
    internal Action? OnFault { get; set; }

    internal DateTime Now => Time.GetUtcNow().UtcDateTime;

    /// <summary>Loads everything that the store holds and begins to work.</summary>
    internal void Start()
    {
        var (wakeups, pending) = Database.Read(database => (database.Wakeups(), database.PendingActivities()));
        foreach (var (instance, due) in wakeups)
        {
            Schedule(instance, due);
        }

        pending.ForEach(activities.Enqueue);
        running = Task.WhenAll(turns.RunAsync(stopping.Token), activities.RunAsync(stopping.Token));
    }

    internal void Fault(Exception failure)
    {
        if (!stopping.IsCancellationRequested)
        {
            logger.LogCritical(failure, "The orchestration engine stops: its store cannot be used");
            stopping.Cancel();
            OnFault?.Invoke();
        }
    }

    /// <summary>Runs a transaction and, once it is committed, wakes whomever it concerns.</summary>
    internal T Commit<T>(Func<TurnCommit, Database, T> work)
    {
        var now = Now;
        var (commit, result) = Database.Write(database =>
        {
            var commit = new TurnCommit(database, now);
            return (commit, work(commit, database));
        });
        commit.Activities.ForEach(activities.Enqueue);
        commit.Timers.ForEach(timer => Schedule(timer.Instance, timer.Due));
        commit.Wake.ForEach(turns.Signal);
        return result;
    }

    internal void AnswerActivity(ActivityWork work, HistoryEntry answer)
    {
        Commit((commit, database) =>
        {
            if (database.TakeActivity(work)
                && database.FindInstance(work.Instance) is { IsTerminal: false } instance
                && instance.Execution == work.Execution)
            {
                database.Post(work.Instance, work.Execution, answer with { At = Now }, Now);
                commit.Wake.Add(work.Instance);
            }

            return true;
        });
    }

    internal void TakeTurn(string id)
    {
        var now = Now;
        var (instance, messages) = Database.Read(database => (database.FindInstance(id), database.DueMessages(id, now)));
        if (messages.Count == 0)
        {
            return;
        }

        if (instance is null or { IsTerminal: true })
        {
            Discard(messages);
            return;
        }

        var past = History(instance);
        var current = messages.Where(message => message.Execution is null || message.Execution == instance.Execution).ToList();
        var news = Arrange(past, current);
        if (news.Count == 0)
        {
            if (past.Count > 0)
            {
                Discard(messages);
            }

            return; // Before its start an instance takes only a termination.
        }

        var execution = instance.Execution;
        var result = Turn.Run(instance, past, news, now, functions, options, loggers, () => ReportStray(id, execution));
        // Before the turn can be seen: whoever saw an orchestration end has seen its warnings.
        LargePayloads.Warn(logger, instance, result.Entries);
        var after = Commit((commit, database) =>
            database.FindInstance(id) is { } unchanged && unchanged.Execution == execution && unchanged.Revision == instance.Revision
                ? commit.Apply(instance, past.Count, messages, result)
                : null);
        if (after is null)
        {
            turns.Signal(id);
            return;
        }

        options.TurnProbe?.Invoke(instance, result);
        Remember(after, past, result);
        Watch.Changed(id);
        if (result.Failure is { } failure)
        {
            logger.LogError("Orchestration {Orchestration} {InstanceId} failed: {Failure}", instance.Name, id, failure);
        }
    }

    /// <summary>
    /// Takes no further work and lets running work end, so that its answers are kept. Work that takes longer than the caller
    /// waits is done again by the next start.
    /// </summary>
    internal async Task StopAsync(CancellationToken patience)
    {
        if (Interlocked.Exchange(ref disposed, 1) == 1)
        {
            return;
        }

        await stopping.CancelAsync();
        timers.Dispose();
        try
        {
            await running.WaitAsync(patience);
            stopping.Dispose();
        }
        finally
        {
            Database.Dispose();
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);

    private static List<HistoryEntry> Arrange(List<HistoryEntry> past, List<InboxMessage> messages)
    {
        var news = messages.Select(message => message.Entry).ToList();
        if (past.Count > 0)
        {
            return news;
        }

        var start = news.FindIndex(entry => entry.Kind == EntryKind.ExecutionStarted);
        if (start > 0)
        {
            var first = news[start];
            news.RemoveAt(start);
            news.Insert(0, first);
        }

        return start >= 0 || news.Exists(entry => entry.Kind == EntryKind.ExecutionTerminated) ? news : [];
    }

    private List<HistoryEntry> History(InstanceRecord instance)
    {
        if (histories.TryGetValue(instance.Id, out var cached) && cached.Execution == instance.Execution
            && cached.Revision == instance.Revision)
        {
            return cached.Entries;
        }

        return Database.Read(database => database.LoadHistory(instance.Id));
    }

    private void Remember(InstanceRecord after, List<HistoryEntry> past, TurnResult result)
    {
        if (after.IsTerminal)
        {
            histories.TryRemove(after.Id, out _);
            return;
        }

        if (histories.Count >= CachedHistories)
        {
            histories.Clear();
        }

        if (result.Renewal is null)
        {
            past.AddRange(result.Entries);
        }

        histories[after.Id] = (after.Execution, after.Revision, result.Renewal is null ? past : []);
    }

    private void Discard(List<InboxMessage> messages) =>
        Database.Write(database => messages.ForEach(message => database.DeleteMessage(message.Id)));

    private void Schedule(string instance, DateTime due)
    {
        if (due <= Now)
        {
            turns.Signal(instance);
        }
        else
        {
            timers.Add(instance, due);
        }
    }

    private void ReportStray(string id, string execution)
    {
        try
        {
            Commit((commit, database) =>
            {
                if (database.FindInstance(id) is { IsTerminal: false } instance && instance.Execution == execution)
                {
                    database.Post(id, execution, new HistoryEntry { Kind = EntryKind.StrayContinuation, At = Now }, Now);
                    commit.Wake.Add(id);
                }

                return true;
            });
        }
#pragma warning disable CA1031 // This runs on a thread of the awaited thing, where an exception would end the process.
        catch (Exception closed)
#pragma warning restore CA1031
        {
            logger.LogDebug(closed, "{InstanceId} had a stray continuation that could not be recorded", id);
        }
    }
}
