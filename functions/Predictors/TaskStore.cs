using HsNas.Contracts;
using HsNas.Contracts.Stored;
using HsNas.Evaluation.TfsEval;
using HsNas.Kernel.Stores;
using HsNas.Spaces;
using HsNas.Translation;

namespace HsNas.Functions.Predictors;

/// <summary>Task definitions, data sets and seed architectures: built in, or replaced by a user's blobs.</summary>
public sealed class TaskStore(IArtifactStore store)
{
    /// <summary>Names of all tasks, built-in and the user's.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellationToken)
    {
        var names = TaskCatalog.BuiltIn.Select(t => t.Name).ToList();
        await foreach (var blob in store.ListAsync(BlobLayout.Datasets, "", cancellationToken))
            if (BlobLayout.TaskOfDefinition(blob) is { } task) names.Add(task);
        return [.. names.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Whether there is a task of a name.</summary>
    public async Task<bool> HasAsync(string name, CancellationToken cancellationToken) =>
        (await NamesAsync(cancellationToken)).Contains(name, StringComparer.Ordinal);

    /// <summary>The definition of a task.</summary>
    /// <exception cref="TaskDefinitionException">Unknown or malformed.</exception>
    public Task<TaskDefinition> GetAsync(string name, CancellationToken cancellationToken) => store.GetTaskAsync(name, cancellationToken);

    /// <summary>The task's prepared data set; null where there is none.</summary>
    public Task<DatasetManifest?> TryGetDatasetAsync(string name, CancellationToken cancellationToken) =>
        store.TryReadJsonAsync<DatasetManifest>(BlobLayout.CurrentDataset(name), cancellationToken);

    /// <summary>Seed architectures with trained BLEU, in TFS-Eval form; null where none are known.</summary>
    /// <exception cref="HsNas.Kernel.Validation.DataFormatException">The file is malformed or of another task.</exception>
    public async Task<TfsEvalSet?> TryGetSeedsAsync(TaskDefinition task, CancellationToken cancellationToken)
    {
        var path = BlobLayout.Seeds(task.Name);
        if (await store.TryReadAsync(path, cancellationToken) is not { } blob) return null;
        using var reader = new StreamReader(new MemoryStream(blob));
        return TfsEvalReader.Read(reader, path.ToString(), task);
    }

    /// <summary>The split in force.</summary>
    public static TfsEvalSplit SplitOf(TfsEvalSet seeds) => seeds.InForce;
}
