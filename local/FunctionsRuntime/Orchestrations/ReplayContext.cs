using System.Globalization;
using System.Text;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Orchestrations;

/// <summary>What an orchestrator sees: every call becomes an action with a sequence number, every answer comes out of history.</summary>
internal sealed class ReplayContext : TaskOrchestrationContext
{
    private const int CustomStatusLimitBytes = 16 * 1024;

    private readonly InstanceRecord instance;
    private readonly TurnState state;
    private readonly DataConverter converter;
    private readonly TimeSpan maximumTimerInterval;
    private int guids;

    internal ReplayContext(InstanceRecord instance, TurnState state, EngineOptions options, ILoggerFactory loggers)
    {
        this.instance = instance;
        this.state = state;
        converter = options.Converter;
        maximumTimerInterval = options.MaximumTimerInterval;
        LoggerFactory = loggers;
        Parent = instance.Parent is { } parent ? new ParentOrchestrationInstance(parent.Name, parent.Id) : null;
    }

    public override TaskName Name => instance.Name;

    public override string InstanceId => instance.Id;

    public override ParentOrchestrationInstance? Parent { get; }

    public override DateTime CurrentUtcDateTime => state.Now;

    public override bool IsReplaying => state.IsReplaying;

    public override string Version => instance.Version ?? string.Empty;

    protected override ILoggerFactory LoggerFactory { get; }

    public override T GetInput<T>() => converter.Deserialize<T>(state.Input)!;

    public override async Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        state.RequireTurnThread();
        var serialized = converter.Serialize(input);
        var result = await Retrying.Run(this, options?.Retry, () =>
            state.Schedule(id => new ScheduleTaskAction(id, name.Name, serialized, Copy(options?.Tags))));
        return converter.Deserialize<TResult>(result)!;
    }

    public override Task CallActivityAsync(TaskName name, TaskOptions options)
    {
        if (options is null)
        {
            throw new ArgumentException("The options are missing. To pass null as the input, name the argument.", nameof(options));
        }

        return CallActivityAsync<object>(name, null, options);
    }

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, TaskOptions options)
    {
        if (options is null)
        {
            throw new ArgumentException("The options are missing. To pass null as the input, name the argument.", nameof(options));
        }

        return CallActivityAsync<TResult>(name, null, options);
    }

    public override async Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        state.RequireTurnThread();
        var child = (options as SubOrchestrationOptions)?.InstanceId ?? NewGuid().ToString("N");
        var version = (options as SubOrchestrationOptions)?.Version?.Version ?? options?.Version?.Version;
        var serialized = converter.Serialize(input);
        var result = await Retrying.Run(this, options?.Retry, () => state.Schedule(
            id => new CreateSubOrchestrationAction(id, orchestratorName.Name, child, serialized, version, Copy(options?.Tags))));
        return converter.Deserialize<TResult>(result)!;
    }

    public override async Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        state.RequireTurnThread();
        var due = fireAt.ToUniversalTime();
        while (due - CurrentUtcDateTime > maximumTimerInterval)
        {
            await state.StartTimer(CurrentUtcDateTime + maximumTimerInterval, cancellationToken);
        }

        await state.StartTimer(due, cancellationToken);
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        state.RequireTurnThread();
        return state.Events.Wait<T>(eventName, cancellationToken);
    }

    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        state.RequireTurnThread();
        state.Send(instanceId, eventName, converter.Serialize(payload));
    }

    public override void SetCustomStatus(object? customStatus)
    {
        state.RequireTurnThread();
        var serialized = converter.Serialize(customStatus);
        if (serialized is not null && Encoding.Unicode.GetByteCount(serialized) > CustomStatusLimitBytes)
        {
            throw new ArgumentException(
                $"The custom status is {Encoding.Unicode.GetByteCount(serialized)} bytes of UTF-16 JSON; "
                + $"at most {CustomStatusLimitBytes} are allowed.", nameof(customStatus));
        }

        state.SetCustomStatus(serialized);
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
    {
        state.RequireTurnThread();
        state.ContinueAsNew(converter.Serialize(newInput), preserveUnprocessedEvents, null);
    }

    public override void ContinueAsNew(ContinueAsNewOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        state.RequireTurnThread();
        state.ContinueAsNew(converter.Serialize(options.NewInput), options.PreserveUnprocessedEvents, options.NewVersion);
    }

    public override Guid NewGuid()
    {
        state.RequireTurnThread();
        return NameBasedGuid.Create(string.Create(CultureInfo.InvariantCulture, $"{InstanceId}_{CurrentUtcDateTime:o}_{guids++}"));
    }

    /// <summary>A timer without the public method's splitting, for the pauses between attempts.</summary>
    internal Task Pause(DateTime until) => state.StartTimer(until, CancellationToken.None);

    private static Dictionary<string, string>? Copy(IDictionary<string, string>? tags) =>
        tags is null ? null : new Dictionary<string, string>(tags);
}
