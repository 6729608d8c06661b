using System.Text.Json;
using Azure.Core.Serialization;
using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.Azure.Functions.Worker.Orchestrations;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace HsNas.Functions.Tests.Histories;

/// <summary>Takes recorded instances up with orchestrators of today, at every turn at which an upgrade can come between.</summary>
internal sealed class HistoryReplay
{
    private readonly FunctionRegistry _registry;
    private readonly IDurableFunctions _functions;

    /// <summary>A replay with the app's functions; each of <paramref name="changed"/> takes the place of the one with its name.</summary>
    public HistoryReplay(params IEnumerable<(string Name, Func<TaskOrchestrationContext, Task<string?>> Code)> changed)
    {
        _registry = new FunctionRegistry(typeof(HsNas.Functions.Searches.SearchOrchestrator).Assembly.GetTypes().Where(t => t.IsClass));
        var scopes = new ServiceCollection().BuildServiceProvider().GetRequiredService<IServiceScopeFactory>();
        _functions = new ChangedFunctions(
            new DurableFunctions(_registry, new FunctionInvoker([], []), scopes, Converter),
            changed.ToDictionary(c => c.Name, c => c.Code, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Names of the app's orchestrators and activities.</summary>
    public IEnumerable<string> FunctionNames => _registry.Orchestrators.Keys.Concat(_registry.Activities.Keys);

    // As the host reads and writes payloads.
    private static DataConverter Converter { get; } =
        new SerializerDataConverter(new JsonObjectSerializer(new JsonSerializerOptions { PropertyNameCaseInsensitive = true }));

    /// <summary>What would go wrong for the instance, and after how many events it was taken up; empty where all goes on.</summary>
    public IReadOnlyList<string> Faults(RecordedHistory history) =>
    [
        .. from turn in Enumerable.Range(0, history.Turns.Count)
           let past = history.Turns.Take(turn).SelectMany(t => t.Entries).ToList()
           let fault = TurnComparison.Fault(history.Turns[turn], Run(history.Instance, past, history.Turns[turn]))
           where fault is not null
           select $"{history.Name}, taken up after {past.Count} events: {fault}",
    ];

    /// <summary>Activities that were asked for and that the app no longer has, or whose recorded input it no longer reads whole.</summary>
    public IReadOnlyList<string> ActivityFaults(RecordedHistory history) =>
    [
        .. from entry in history.Turns.SelectMany(t => t.Actions).Where(a => a.Kind == EntryKind.TaskScheduled)
           let fault = ActivityFault(entry)
           where fault is not null
           select $"{history.Name}: {entry.Name} #{entry.TaskId}: {fault}",
    ];

    private string? ActivityFault(HistoryEntry entry)
    {
        if (!_functions.HasActivity(entry.Name!)) return "there is no such activity any more";
        var type = _registry.Activities[entry.Name!].TriggerParameter.ParameterType;
        return JsonSubset.Fault(entry.Input, Converter.Serialize(Converter.Deserialize(entry.Input, type)));
    }

    private TurnResult Run(RecordedInstance recorded, List<HistoryEntry> past, RecordedTurn turn)
    {
        var instance = new InstanceRecord
        {
            Id = recorded.Id,
            Name = recorded.Orchestrator,
            Execution = "recorded",
            Status = OrchestrationRuntimeStatus.Running,
            Version = recorded.Version,
            Parent = recorded.Parent,
        };
        var options = new EngineOptions { Converter = Converter };
        return Turn.Run(instance, past, turn.News, turn.At, _functions, options, NullLoggerFactory.Instance, () => { });
    }

    private sealed class ChangedFunctions(
        IDurableFunctions app, Dictionary<string, Func<TaskOrchestrationContext, Task<string?>>> changed) : IDurableFunctions
    {
        public bool HasOrchestrator(string name) => app.HasOrchestrator(name);

        public bool HasActivity(string name) => app.HasActivity(name);

        public OrchestratorInvocation Prepare(string orchestrator) =>
            changed.TryGetValue(orchestrator, out var code) ? new Invocation(code) : app.Prepare(orchestrator);

        public Task<string?> RunActivityAsync(string activity, string instanceId, string? input, CancellationToken cancellation) =>
            throw new InvalidOperationException("A replay runs no activity.");
    }

    private sealed class Invocation(Func<TaskOrchestrationContext, Task<string?>> code) : OrchestratorInvocation
    {
        internal override async Task<string?> Start(TaskOrchestrationContext context, string? input) =>
            Converter.Serialize(await code(context));
    }
}
