using HsNas.Contracts;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using HsNas.Models;

namespace HsNas.Cli.Models;

/// <summary>An exported model's way into a store, where it can teach (docs/method.md, "Sequence-level distillation").</summary>
/// <param name="Id">Hash of its files: the name under which a request's <c>distilText.teacher</c> finds it.</param>
/// <param name="Files">Its files by name.</param>
internal sealed record ModelUpload(string Id, IReadOnlyDictionary<string, byte[]> Files)
{
    /// <summary>The model of a folder.</summary>
    /// <exception cref="Hosting.CliException">A file of it is missing or damaged.</exception>
    public static ModelUpload Of(string folder)
    {
        ModelSource.Read(folder); // What is wrong with it is told here, by name.
        var files = ModelFiles.Names.ToDictionary(f => f, f => File.ReadAllBytes(Path.Combine(folder, f)), StringComparer.Ordinal);
        return new ModelUpload(Hashing.Fingerprint([.. ModelFiles.Names.Select(f => Convert.ToBase64String(files[f]))]), files);
    }

    /// <summary>Writes it; once more changes nothing.</summary>
    public async Task WriteAsync(IArtifactStore store, CancellationToken cancellationToken)
    {
        foreach (var (file, bytes) in Files) await store.WriteAsync(BlobLayout.Export(Id, file), bytes, cancellationToken);
    }
}
