using HsNas.Kernel.Stores;
using HsNas.Spaces;

namespace HsNas.Contracts.Stored;

/// <summary>Task definitions where users may have put their own.</summary>
public static class StoredTasks
{
    /// <summary>The definition of a task: the store's own (<see cref="BlobLayout.Task"/>), else the built-in one of that name.</summary>
    /// <exception cref="TaskDefinitionException">Neither exists, or the store's is malformed or of another name.</exception>
    public static async Task<TaskDefinition> GetTaskAsync(
        this IArtifactStore store, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        // What is no name of a task is no part of a path either.
        if (!TaskDefinition.IsName(name)) return TaskCatalog.Get(name);
        var path = BlobLayout.Task(name);
        if (await store.TryReadAsync(path, cancellationToken) is not { } blob) return TaskCatalog.Get(name);
        var task = TaskCatalog.Parse(new MemoryStream(blob), path.ToString());
        return task.Name == name
            ? task
            : throw new TaskDefinitionException(path.ToString(), "name", task.Name, $"{name}, the folder it lies in");
    }
}
