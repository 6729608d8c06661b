using System.Text;
using HsNas.Kernel.Stores;
using HsNas.Translation;

namespace HsNas.Contracts.Stored;

/// <summary>The sentence pairs that prompts show: a task's validation part.</summary>
public static class ValidationPairs
{
    /// <summary>The pairs; none where the task has no data set.</summary>
    public static async Task<IReadOnlyList<SentencePair>> ReadAsync(
        IArtifactStore store, string task, CancellationToken cancellationToken = default)
    {
        if (await store.TryReadJsonAsync<DatasetManifest>(BlobLayout.CurrentDataset(task), cancellationToken) is not { } dataset) return [];
        var sources = await LinesAsync(store, BlobLayout.SourceText(task, dataset.Hash, CorpusPart.Valid), cancellationToken);
        var targets = await LinesAsync(store, BlobLayout.References(task, dataset.Hash, CorpusPart.Valid), cancellationToken);
        return [.. sources.Zip(targets, (s, t) => new SentencePair(s, t)).Where(p => p.Source.Length > 0 && p.Target.Length > 0)];
    }

    private static async Task<string[]> LinesAsync(IArtifactStore store, BlobPath path, CancellationToken cancellationToken) =>
        Encoding.UTF8.GetString(await store.ReadAsync(path, cancellationToken)).Split('\n');
}
