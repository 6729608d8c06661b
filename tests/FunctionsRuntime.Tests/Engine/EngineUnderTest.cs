using Microsoft.Azure.Functions.Worker.Orchestrations;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace HsNas.FunctionsRuntime.Tests.Engine;

/// <summary>A running engine on a real SQLite file in a folder of its own.</summary>
internal sealed class EngineUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string folder = Path.Combine(Path.GetTempPath(), "hsnas-" + Guid.NewGuid().ToString("N"));
    private readonly TimeProvider time;
    private readonly Func<TurnScheduler, DataConverter, TurnState>? newState;
    private readonly ILoggerFactory loggers;
    private CancellationTokenSource life = new();

    internal EngineUnderTest(
        TestFunctions functions, TimeProvider? time = null, Action<int, bool>? probe = null, TimeSpan? longestTimer = null,
        Func<TurnScheduler, DataConverter, TurnState>? newState = null, ILoggerFactory? loggers = null)
    {
        (this.newState, this.loggers) = (newState, loggers ?? NullLoggerFactory.Instance);
        Functions = functions;
        this.time = time ?? TimeProvider.System;
        LongestTimer = longestTimer ?? TimeSpan.FromDays(3);
        Engine = Open(probe);
        Client = new LocalDurableTaskClient(Engine, null, null);
    }

    internal TestFunctions Functions { get; }

    internal TimeSpan LongestTimer { get; }

    internal OrchestrationEngine Engine { get; private set; }

    internal LocalDurableTaskClient Client { get; private set; }

    internal string StorePath => Path.Combine(folder, "test.db");

    internal async Task ReopenAsync(Action<int, bool>? probe = null)
    {
        await EndWaitsAsync();
        await Engine.DisposeAsync();
        life = new CancellationTokenSource();
        Engine = Open(probe);
        Client = new LocalDurableTaskClient(Engine, null, null);
    }

    internal async Task<OrchestrationMetadata> RunAsync(string orchestrator, object? input = null)
    {
        var id = await Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input);
        return await CompletionAsync(id);
    }

    internal async Task<OrchestrationMetadata> CompletionAsync(string id)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(life.Token);
        patience.CancelAfter(Patience);
        return await Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, patience.Token);
    }

    internal async Task<InstanceRecord> UntilAsync(string id, Func<InstanceRecord, bool> reached)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(life.Token);
        patience.CancelAfter(Patience);
        return await Engine.WaitFor(id, reached, patience.Token);
    }

    /// <summary>Whoever waits for the current engine stops waiting.</summary>
    internal Task EndWaitsAsync() => life.CancelAsync();

    internal List<HistoryEntry> History(string id) => Engine.Database.Read(database => database.LoadHistory(id));

    /// <summary>Waits until the history of an instance holds what is asked for.</summary>
    internal async Task UntilHistoryAsync(string id, Func<List<HistoryEntry>, bool> reached)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(life.Token);
        patience.CancelAfter(Patience);
        while (!reached(History(id)))
        {
            await Task.Delay(5, patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        life.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private OrchestrationEngine Open(Action<int, bool>? probe)
    {
        var options =
            new EngineOptions { StorePath = StorePath, HubName = "Test", CommitProbe = probe, MaximumTimerInterval = LongestTimer };
        options.NewState = newState ?? options.NewState;
        var engine = new OrchestrationEngine(Functions, options, time, loggers);
        engine.Start();
        return engine;
    }
}
