using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Hosting;

/// <summary>
/// What the task hub holds, asked once for many questions: however many pages are open, the hub is looked at once a second at most. A
/// finished instance never changes, so a look asks for the living ones, those that began since, and those that ended. Whoever asks
/// steadily never waits for a look: the last one is the answer while the next is under way. Safe for concurrent use.
/// </summary>
public sealed class HubIndex(TimeProvider time)
{
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(1);
    // Older than this, a look is no answer any more.
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(2);
    // What was purged, or came from another process with a clock of its own, is noticed after this time.
    private static readonly TimeSpan Whole = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    private static readonly OrchestrationRuntimeStatus[] Living =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    private readonly Lock _gate = new();
    private HubLook? _last;
    private Task<HubLook>? _next;
    private DateTimeOffset _whole = DateTimeOffset.MinValue;

    /// <summary>All instances with their custom status, two seconds old at most.</summary>
    public Task<HubLook> LookAsync(DurableTaskClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        lock (_gate)
        {
            var age = _last is null ? TimeSpan.MaxValue : time.GetUtcNow() - _last.At;
            if (age < Age) return Task.FromResult(_last!);
            // Those who ask may give up; a look is for all of them.
            if (_next is not { IsCompleted: false }) _next = Task.Run(() => NextAsync(client, _last), CancellationToken.None);
            return age < Late ? Task.FromResult(_last!) : _next.WaitAsync(cancellationToken);
        }
    }

    /// <summary>One instance, two seconds old at most; one that the last look does not know is asked for.</summary>
    public async Task<OrchestrationMetadata?> FindAsync(DurableTaskClient client, string id, CancellationToken cancellationToken)
    {
        var look = await LookAsync(client, cancellationToken);
        return look.Instances.GetValueOrDefault(id) ?? await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellationToken);
    }

    private async Task<HubLook> NextAsync(DurableTaskClient client, HubLook? last)
    {
        var now = time.GetUtcNow();
        var isWhole = last is null || now - _whole >= Whole;
        var all = isWhole ? await ListAsync(client, new OrchestrationQuery(), default) : await ChangedAsync(client, last!, default);
        var look = new HubLook(now, all);
        lock (_gate)
        {
            if (isWhole) _whole = now;
            _last = look;
        }

        return look;
    }

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
