using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Hosting;

/// <summary>
/// What the task hub holds, asked once for many questions: however many pages are open, the hub is looked at once a second at most. A
/// finished instance never changes, so a look asks for the living ones, those that began since, and those that ended. Safe for
/// concurrent use.
/// </summary>
public sealed class HubIndex(TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(1);
    // What was purged, or came from another process with a clock of its own, is noticed after this time.
    private static readonly TimeSpan Whole = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    private static readonly OrchestrationRuntimeStatus[] Living =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    private readonly SemaphoreSlim _looking = new(1, 1);
    private HubLook? _last;
    private DateTimeOffset _whole = DateTimeOffset.MinValue;

    /// <summary>All instances with their custom status, a second old at most.</summary>
    public async Task<HubLook> LookAsync(DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        if (_last is { } fresh && time.GetUtcNow() - fresh.At < Age) return fresh;
        await _looking.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            if (_last is { } other && now - other.At < Age) return other;
            var all = _last is null || now - _whole >= Whole
                ? await ListAsync(client, new OrchestrationQuery(), cancellationToken)
                : await ChangedAsync(client, _last, cancellationToken);
            if (_last is null || now - _whole >= Whole) _whole = now;
            return _last = new HubLook(now, all);
        }
        finally
        {
            _looking.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _looking.Dispose();

    private static async Task<Dictionary<string, OrchestrationMetadata>> ChangedAsync(
        DurableTaskClient client, HubLook last, CancellationToken cancellationToken)
    {
        var seen = await ListAsync(client, new OrchestrationQuery { Statuses = Living }, cancellationToken);
        var begun = await ListAsync(client, new OrchestrationQuery { CreatedFrom = last.At - Overlap }, cancellationToken);
        foreach (var (id, instance) in begun) seen[id] = instance;
        var all = new Dictionary<string, OrchestrationMetadata>(last.Instances, StringComparer.Ordinal);
        foreach (var (id, instance) in last.Instances.Where(i => !i.Value.IsCompleted && !seen.ContainsKey(i.Key)))
        {
            if (await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellationToken) is { } ended) all[id] = ended;
            else all.Remove(id);
        }

        foreach (var (id, instance) in seen) all[id] = instance;
        return all;
    }

    private static async Task<Dictionary<string, OrchestrationMetadata>> ListAsync(
        DurableTaskClient client, OrchestrationQuery query, CancellationToken cancellationToken)
    {
        var all = new Dictionary<string, OrchestrationMetadata>(StringComparer.Ordinal);
        var pages = client.GetAllInstancesAsync(query with { FetchInputsAndOutputs = true });
        await foreach (var instance in pages.WithCancellation(cancellationToken)) all[instance.InstanceId] = instance;
        return all;
    }
}

/// <summary>One look at the task hub.</summary>
/// <param name="At">When it was taken.</param>
/// <param name="Instances">All instances by id, with input, output and custom status.</param>
public sealed record HubLook(DateTimeOffset At, IReadOnlyDictionary<string, OrchestrationMetadata> Instances);
