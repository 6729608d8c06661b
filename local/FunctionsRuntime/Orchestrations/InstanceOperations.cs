using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Microsoft.Azure.Functions.Worker.Orchestrations;

/// <summary>What can be done to an instance from outside, by the client and by the HTTP interface alike.</summary>
internal static class InstanceOperations
{
    internal static string Start(this OrchestrationEngine engine, string name, string? input, StartOrchestrationOptions? options)
    {
        var id = string.IsNullOrEmpty(options?.InstanceId) ? Guid.NewGuid().ToString("N") : options.InstanceId;
        var record = new InstanceRecord
        {
            Id = id,
            Name = name,
            Execution = Guid.NewGuid().ToString("N"),
            Status = OrchestrationRuntimeStatus.Pending,
            Input = input,
            Version = options?.Version?.Version,
            Tags = options is { Tags.Count: > 0 } ? new Dictionary<string, string>(options.Tags) : null,
            CreatedAt = engine.Now,
            UpdatedAt = engine.Now,
        };
        engine.Commit((commit, database) =>
        {
            if (database.FindInstance(id) is { } existing && Blocks(existing, options))
            {
                throw new OrchestrationAlreadyExistsException(
                    $"An orchestration with id '{id}' already exists. It's in the {existing.Status} state.");
            }

            return commit.Create(record, options?.StartAt?.UtcDateTime);
        });
        engine.Watch.Changed(id);
        return id;
    }

    internal static InstanceRecord? Find(this OrchestrationEngine engine, string id) =>
        engine.Database.Read(database => database.FindInstance(id));

    /// <summary>
    /// Hands a message to an instance that <see cref="InstanceRecord.Admits">admits</see> it. Returns the instance as it was, or
    /// null if there is none.
    /// </summary>
    internal static InstanceRecord? Tell(this OrchestrationEngine engine, string id, HistoryEntry message) =>
        engine.Commit((commit, database) =>
        {
            var instance = database.FindInstance(id);
            if (instance?.Admits(message.Kind) == true)
            {
                database.Post(id, null, message with { At = engine.Now }, engine.Now);
                commit.Wake.Add(id);
            }

            return instance;
        });

    /// <summary>Removes finished instances; returns how many there were.</summary>
    internal static int Purge(this OrchestrationEngine engine, IEnumerable<string> ids, bool recursive = false)
    {
        var all = ids.SelectMany(id => recursive ? engine.WithDescendants(id) : [id]).Distinct().ToList();
        return engine.Database.Write(database =>
        {
            var finished = all.Where(id => database.FindInstance(id) is { IsTerminal: true }).ToList();
            finished.ForEach(database.DeleteInstance);
            return finished.Count;
        });
    }

    internal static List<InstanceRecord> List(this OrchestrationEngine engine, InstanceFilter filter) =>
        engine.Database.Read(database => database.ListInstances(filter));

    internal static async Task<InstanceRecord> WaitFor(
        this OrchestrationEngine engine, string id, Func<InstanceRecord, bool> reached, CancellationToken cancellation)
    {
        while (true)
        {
            var change = engine.Watch.NextChange(id);
            if (engine.Find(id) is { } instance && reached(instance))
            {
                return instance;
            }

            await change.WaitAsync(cancellation);
        }
    }

    private static bool Blocks(InstanceRecord existing, StartOrchestrationOptions? options) =>
        !existing.IsTerminal || options?.DedupeStatuses?.Contains(existing.Status.ToString(), StringComparer.OrdinalIgnoreCase) == true;

    private static IEnumerable<string> WithDescendants(this OrchestrationEngine engine, string id) =>
        engine.Database.Read(database => database.Children(id)).SelectMany(child => engine.WithDescendants(child.Id)).Prepend(id);
}
