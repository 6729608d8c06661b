using System.Text.Json;
using HsNas.Contracts;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using HsNas.Translation;

namespace HsNas.GpuWorker.Tests.Support;

internal static class ToyStore
{
    /// <summary>Writes the toy task and its data set "toyhash".</summary>
    public static async Task PrepareAsync(IArtifactStore store)
    {
        var data = ToyTask.Data();
        await store.WriteAsync(BlobLayout.Task("toy"), JsonSerializer.SerializeToUtf8Bytes(ToyTask.Definition, Json.Options));
        await store.WriteJsonAsync(BlobLayout.CurrentDataset("toy"), data.Manifest);
        await store.WriteJsonAsync(BlobLayout.Vocabulary("toy", "toyhash"), data.Vocabulary);
        foreach (
            var (part, corpus) in new[] { (CorpusPart.Train, data.Train), (CorpusPart.Valid, data.Valid), (CorpusPart.Test, data.Test) })
        {
            await store.WriteAsync(BlobLayout.Corpus("toy", "toyhash", part), corpus.ToBytes());
            await store.WriteTextAsync(BlobLayout.References("toy", "toyhash", part),
                string.Join('\n', corpus.Targets.Select(t => data.Vocabulary.Decode(t) + ".")));
        }
    }
}
