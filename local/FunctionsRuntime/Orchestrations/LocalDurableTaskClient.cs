using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Microsoft.Azure.Functions.Worker.Orchestrations;

/// <summary>The client a [DurableClient] parameter gets.</summary>
/// <remarks>
/// The official client wraps an exception of the host in an RpcException, whose status code has changed between versions of the
/// host. This client throws the host's own exception. An application that runs on both looks at the instance, not at the type.
/// </remarks>
internal sealed class LocalDurableTaskClient(OrchestrationEngine engine, string? baseUrl, string? queryString)
    : DurableTaskClient(engine.Options.HubName)
{
    internal string? BaseUrl { get; } = baseUrl;

    internal string? QueryString { get; } = queryString;

    private DataConverter Converter => engine.Options.Converter;

    public override Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName,
        object? input = null,
        StartOrchestrationOptions? options = null,
        CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(engine.Start(orchestratorName.Name, Converter.Serialize(input), options));
    }

    public override Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        var entry = new HistoryEntry { Kind = EntryKind.EventRaised, Name = eventName, Input = Converter.Serialize(eventPayload) };
        Existing(engine.Tell(instanceId, entry), instanceId);
        return Task.CompletedTask;
    }

    public override async Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        Describe(await engine.WaitFor(instanceId, instance => instance.Status != OrchestrationRuntimeStatus.Pending, cancellation),
            getInputsAndOutputs);

    public override async Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        Describe(await engine.WaitFor(instanceId, instance => instance.IsTerminal, cancellation), getInputsAndOutputs);

    public override Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default) =>
            Steer(instanceId, "terminate", new HistoryEntry
        {
            Kind = EntryKind.ExecutionTerminated, Input = Converter.Serialize(options?.Output), Recurse = options?.Recursive == true ? true
                : null,
        });

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        Steer(instanceId, "suspend", new HistoryEntry { Kind = EntryKind.ExecutionSuspended, Input = reason });

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        Steer(instanceId, "resume", new HistoryEntry { Kind = EntryKind.ExecutionResumed, Input = reason });

    public override Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return Task.FromResult(engine.Find(instanceId) is { } instance ? Describe(instance, getInputsAndOutputs) : null);
    }

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) =>
        Pageable.Create((token, size, _) =>
        {
            var limit = size ?? filter?.PageSize ?? OrchestrationQuery.DefaultPageSize;
            var rows = engine.List(new InstanceFilter
            {
                CreatedFrom = filter?.CreatedFrom?.UtcDateTime,
                CreatedTo = filter?.CreatedTo?.UtcDateTime,
                Statuses = filter?.Statuses?.ToList(),
                Prefix = filter?.InstanceIdPrefix,
                After = token ?? filter?.ContinuationToken,
                Limit = limit,
            });
            var next = rows.Count == limit ? rows[^1].Id : null;
            var values = rows.ConvertAll(instance => Describe(instance, filter?.FetchInputsAndOutputs ?? false));
            return Task.FromResult(new Page<OrchestrationMetadata>(values, next));
        });

    public override Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default) =>
        Task.FromResult(new PurgeResult(engine.Purge([instanceId], options?.Recursive ?? false)));

    public override Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var found = engine.List(new InstanceFilter
        {
            CreatedFrom = filter.CreatedFrom?.UtcDateTime, CreatedTo = filter.CreatedTo?.UtcDateTime, Statuses = filter.Statuses?.ToList(),
        });
        return Task.FromResult(new PurgeResult(engine.Purge(found.Select(instance => instance.Id), options?.Recursive ?? false)));
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static InstanceRecord Existing(InstanceRecord? instance, string id) =>
        instance ?? throw new ArgumentException($"No instance with ID '{id}' was found.", nameof(id));

    private Task Steer(string id, string operation, HistoryEntry message)
    {
        var instance = Existing(engine.Tell(id, message), id);
        return instance.Admits(message.Kind) ? Task.CompletedTask
            : throw new InvalidOperationException(
                $"Cannot {operation} the orchestration instance {id} because instance is in the {instance.Status} state.");
    }

    private OrchestrationMetadata Describe(InstanceRecord instance, bool withData) => new(instance.Name, instance.Id)
    {
        RuntimeStatus = instance.Status,
        CreatedAt = new DateTimeOffset(instance.CreatedAt),
        LastUpdatedAt = new DateTimeOffset(instance.UpdatedAt),
        SerializedInput = withData ? instance.Input : null,
        SerializedOutput = withData ? instance.Output : null,
        SerializedCustomStatus = withData ? instance.CustomStatus : null,
        FailureDetails = instance.Failure,
        DataConverter = withData ? Converter : null,
        Tags = instance.Tags ?? new Dictionary<string, string>(),
    };
}
