using HsNas.Contracts;
using HsNas.Kernel.Stores;
using HsNas.Translation;

namespace HsNas.Local.Stack.Storage;

/// <summary>Copies prepared data sets from one store to another.</summary>
public static class DatasetUpload
{
    /// <summary>Tasks with a prepared data set, in ordinal order.</summary>
    public static async Task<IReadOnlyList<string>> PreparedTasksAsync(IArtifactStore store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        var tasks = new List<string>();
        await foreach (var name in store.ListAsync(BlobLayout.Datasets, "", cancellationToken))
            if (BlobLayout.TaskOfDataset(name) is { } task) tasks.Add(task);
        return tasks;
    }

    /// <summary>
    /// Copies a task's current data set and own definition, the manifest last. Writes nothing and returns null where the target
    /// has the same already.
    /// </summary>
    public static async Task<DatasetManifest?> CopyAsync(
        IArtifactStore source, IArtifactStore target, string task, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        var manifest = await source.ReadJsonAsync<DatasetManifest>(BlobLayout.CurrentDataset(task), cancellationToken);
        if (await target.TryReadJsonAsync<DatasetManifest>(BlobLayout.CurrentDataset(task), cancellationToken) == manifest) return null;
        await foreach (var name in source.ListAsync(BlobLayout.Datasets, BlobLayout.DatasetFolder(task, manifest.Hash), cancellationToken))
        {
            var path = new BlobPath(BlobLayout.Datasets, name);
            await target.WriteAsync(path, await source.ReadAsync(path, cancellationToken), cancellationToken);
        }

        if (await source.TryReadAsync(BlobLayout.Task(task), cancellationToken) is { } definition)
            await target.WriteAsync(BlobLayout.Task(task), definition, cancellationToken);
        await target.WriteJsonAsync(BlobLayout.CurrentDataset(task), manifest, cancellationToken);
        return manifest;
    }
}
