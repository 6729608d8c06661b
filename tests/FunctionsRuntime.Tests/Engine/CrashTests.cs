using System.Collections.Concurrent;
using Microsoft.Azure.Functions.Worker.Orchestrations;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Xunit.Abstractions;

namespace HsNas.FunctionsRuntime.Tests.Engine;

/// <summary>The process dies at every possible commit, before it and just after it; the next one takes over.</summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Death_at_any_commit_changes_nothing_in_the_final_history()
    {
        var (expected, result) = await UndisturbedAsync();
        var deaths = 0;
        foreach (var after in new[] { false, true })
        {
            for (var commit = 0; ; commit++)
            {
                if (await RunWithDeathAsync(commit, after, expected, result))
                {
                    deaths++;
                }
                else
                {
                    break;
                }
            }
        }

        output.WriteLine($"{deaths} deaths survived");
        Assert.InRange(deaths, 20, 200);
    }

    [Fact]
    public async Task Repeated_death_only_delays_the_end()
    {
        var alive = new AutoResetEvent(false);
        var functions = Functions(new ConcurrentBag<int>());
        Action<int, bool> dieAtThird = (number, after) =>
        {
            if (number == 3 && after)
            {
                alive.Set();
                throw new InvalidOperationException("killed");
            }
        };
        await using var engine = new EngineUnderTest(functions);
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Story", 2);
        for (var life = 0; life < 3; life++)
        {
            await engine.ReopenAsync(dieAtThird);
            alive.WaitOne(TimeSpan.FromSeconds(2));
        }

        await engine.ReopenAsync();
        await FinishAsync(engine, id);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.CompletionAsync(id)).RuntimeStatus);
    }

    [Fact]
    public async Task What_an_activity_brings_home_while_the_host_goes_down_is_kept_and_what_waits_is_not_begun()
    {
        var many = new EngineOptions().MaxConcurrentActivities * 2;
        using var begun = new SemaphoreSlim(0);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var runs = new ConcurrentBag<int>();
        var functions = new TestFunctions()
            .ActivityAsync<int>("Work", async number =>
            {
                runs.Add(number);
                begun.Release();
                await goOn.Task;
                return number;
            })
            .Orchestrator("Fan", async context =>
                (await Task.WhenAll(Enumerable.Range(0, many).Select(number => context.CallActivityAsync<int>("Work", number)))).Sum());
        await using var engine = new EngineUnderTest(functions);
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Fan");
        Assert.True(await begun.WaitAsync(TimeSpan.FromSeconds(30)));

        var stopped = engine.Engine.StopAsync(CancellationToken.None);
        goOn.SetResult();
        await stopped;
        Assert.InRange(runs.Count, 1, many / 2);
        await engine.ReopenAsync();

        Assert.Equal(Enumerable.Range(0, many).Sum(), (await engine.CompletionAsync(id)).ReadOutputAs<int>());
        Assert.Equal(Enumerable.Range(0, many), runs.Order());
    }

    private static async Task<(List<string> History, string Result)> UndisturbedAsync()
    {
        await using var engine = new EngineUnderTest(Functions(new ConcurrentBag<int>()));
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Story", 2, new StartOrchestrationOptions("story"));
        await FinishAsync(engine, id);
        var done = await engine.CompletionAsync(id);
        return (Essence(engine.History(id)), done.SerializedOutput!);
    }

    /// <summary>False if the run was over before the fatal commit.</summary>
    private static async Task<bool> RunWithDeathAsync(int commit, bool after, List<string> expected, string result)
    {
        var died = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var engine = new EngineUnderTest(Functions(new ConcurrentBag<int>()), probe: (number, isAfter) =>
        {
            if (number == commit && isAfter == after)
            {
                died.TrySetResult();
                throw new InvalidOperationException("killed");
            }
        });
        var finish = Task.CompletedTask;
        try
        {
            await engine.Client.ScheduleNewOrchestrationInstanceAsync("Story", 2, new StartOrchestrationOptions("story"));
            finish = FinishAsync(engine, "story");
            await Task.WhenAny(died.Task, engine.CompletionAsync("story"));
        }
        catch (Exception)
        {
            Assert.True(died.Task.IsCompleted);
        }

        var survived = !died.Task.IsCompleted;
        await engine.EndWaitsAsync();
        await finish.ContinueWith(_ => { }, TaskScheduler.Default);
        await engine.ReopenAsync();
        if (await engine.Client.GetInstanceAsync("story") is null)
        {
            await engine.Client.ScheduleNewOrchestrationInstanceAsync("Story", 2, new StartOrchestrationOptions("story"));
        }

        await FinishAsync(engine, "story");
        var done = await engine.CompletionAsync("story");
        Assert.Equal(result, done.SerializedOutput);
        Assert.Equal(expected, Essence(engine.History("story")));
        return !survived;
    }

    /// <summary>The orchestration waits for one event; it is sent until the instance has it.</summary>
    private static async Task FinishAsync(EngineUnderTest engine, string id)
    {
        while (true)
        {
            var instance = await engine.UntilAsync(id, instance => instance.IsTerminal || instance.CustomStatus == "\"waiting\"");
            if (instance.IsTerminal || IsSent(engine, id))
            {
                return;
            }

            await engine.Client.RaiseEventAsync(id, "go", 1);
            await engine.UntilHistoryAsync(id, history =>
                history.Count == 0 || history.Exists(entry => entry.Kind == EntryKind.EventRaised));
        }
    }

    private static bool IsSent(EngineUnderTest engine, string id) => engine.Engine.Database.Read(database =>
        database.LoadHistory(id).Concat(database.AllMessages(id).Select(message => message.Entry))
            .Any(entry => entry.Kind == EntryKind.EventRaised));

    /// <summary>Each request and each answer once; the turns they came in may differ.</summary>
    private static List<string> Essence(List<HistoryEntry> history) => history
        .Where(entry => entry.Kind is not (EntryKind.OrchestratorStarted or EntryKind.OrchestratorCompleted))
        .Select(entry => $"{entry.Kind} #{entry.TaskId} {entry.Name} {entry.Input} {entry.Result}")
        .Order(StringComparer.Ordinal)
        .ToList();

    private static TestFunctions Functions(ConcurrentBag<int> calls) => new TestFunctions()
        .Activity<int>("Double", i =>
        {
            calls.Add(i);
            return i * 2;
        })
        .Orchestrator("Part", async context => await context.CallActivityAsync<int>("Double", context.GetInput<int>() + 100))
        .Orchestrator("Story", async context =>
        {
            var first = await context.CallActivityAsync<int>("Double", context.GetInput<int>());
            var many = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => context.CallActivityAsync<int>("Double", i)));
            await context.CreateTimer(TimeSpan.FromMilliseconds(5), CancellationToken.None);
            var part = await context.CallSubOrchestratorAsync<int>("Part", first, new SubOrchestrationOptions(instanceId: "part"));
            context.SetCustomStatus("waiting");
            var go = await context.WaitForExternalEvent<int>("go");
            context.SetCustomStatus("going");
            return first + many.Sum() + part + go;
        });
}
